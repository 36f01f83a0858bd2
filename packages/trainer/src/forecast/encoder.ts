import { TempocodeError } from '@tempocode/core'
import { encoderOf } from '@tempocode/models'
import type { LoadOptions } from '@tempocode/runtime'
import type { Run } from '../fit/run.js'
import type { Segment } from '../segments.js'
import type { Series } from '../series.js'
import type { ForecastColumns } from './columns.js'
import { encodedFeatures } from './encoded-features.js'
import { type FeatureScaling, fitFeatureScaling, scaleFeatures } from './feature-scaling.js'
import type { ForecasterEncoder } from './options.js'

/** An encoder, and what it makes of a series. */
export interface PreparedEncoder extends ForecasterEncoder, FeatureScaling {
  /** Rows in its window. */
  window: number
  /** How many features a window has. */
  size: number
  /** The scaled features of the window that ends at each row, rows × size; zeros at rows where none ends. */
  values: Float32Array
}

/**
 * The encoder among the options, ready: `model` gives features, [batch, window, columns] → [batch, features].
 * @throws TempocodeError `option` where it needs a column that the series lacks or that is known ahead, `model` where it
 *   has no code
 */
export function usableEncoder(
  given: ForecasterEncoder | Run,
  { targets, others, known }: ForecastColumns,
): ForecasterEncoder {
  const { model, scaler } = given
  const { columns } = 'series' in given ? given.series : given
  const measured = [...targets, ...others]
  const lacking = columns.find((name) => !measured.includes(name))
  if (lacking !== undefined) {
    const reason = known.includes(lacking) ? 'is known ahead, which no encoder sees' : 'is not in the series'
    const message = `encoder: its column "${lacking}" ${reason}; it needs ${columns.join(', ')}`
    throw new TempocodeError('option', message, { column: lacking })
  }
  const encoder = model.outputs.length === 1 && model.outputs[0].rank === 2 ? model : encoderOf(model)
  return { model: encoder, columns, scaler }
}

/** Whether it is known that an encoder was trained on some of these rows of a series. */
export const hasSeen = (given: ForecasterEncoder | Run, series: Series, rows: readonly Segment[]): boolean =>
  'series' in given &&
  given.series.values === series.values &&
  [...given.split.train, ...given.split.validation].some((seen) =>
    rows.some(({ start, end }) => seen.start < end && start < seen.end),
  )

/**
 * Encodes a series, once, and scales the features by the training rows.
 * @throws TempocodeError `data` where no run of those has as many rows as the encoder's window
 */
export async function prepareEncoder(
  encoder: ForecasterEncoder,
  series: Series,
  train: readonly Segment[],
  device: LoadOptions['device'],
): Promise<PreparedEncoder> {
  const features = await encodedFeatures(series, encoder, device)
  const scaling = fitFeatureScaling(features, train)
  const values = scaleFeatures(features, scaling, series.segments)
  return { ...encoder, ...scaling, window: features.window, size: features.size, values }
}
