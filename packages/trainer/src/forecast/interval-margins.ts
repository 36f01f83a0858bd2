import type { Forecaster } from '@tempocode/runtime'
import type { Series } from '../series.js'
import { conformalMargin } from './margins.js'
import { type Origins, someOrigins } from './origins.js'
import { roll } from './rolling.js'
import type { SeriesScaling } from './series-scaling.js'

const MOST = 16_384 // windows, evenly spaced, that calibrate

/**
 * What the intervals of a forecaster have to be widened by on either side, so that they hold what they should: see
 * {@link conformalMargin}.
 * @param forecaster without margins
 * @param validation where it forecasts what it has not learnt
 * @returns scaled, horizon × targets
 */
export async function intervalMargins(
  forecaster: Forecaster,
  inputs: Series,
  validation: Origins,
  { scaling, coverage }: { scaling: SeriesScaling; coverage: number },
): Promise<Float32Array> {
  const origins = someOrigins(validation, MOST)
  const targets = forecaster.targets.length
  const width = inputs.columns.length
  const size = forecaster.horizon * targets
  const outside = Array.from({ length: size }, () => new Float64Array(origins.rows.length))
  for await (const { first, count, lower, upper } of roll(forecaster, inputs, origins)) {
    if (!lower || !upper) throw new Error('the forecaster gives no intervals')
    for (let i = 0; i < count * size; i++) {
      const window = first + Math.floor(i / size)
      const place = i % size
      const target = place % targets
      const actual = inputs.values[(origins.rows[window] + Math.floor(place / targets)) * width + target]
      const scale = scaling.scale[origins.groups[window] * width + target]
      outside[place][window] = Math.max(lower[i] - actual, actual - upper[i]) / scale
    }
  }
  return Float32Array.from(outside, (distances) => conformalMargin(distances, coverage))
}
