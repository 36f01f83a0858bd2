import { TempocodeError } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import { countRows, type Segment } from './segments.js'
import type { Series } from './series.js'

const KINDS: readonly string[] = ['standard', 'minmax', 'none'] satisfies ScalerState['kind'][]
const SMALLEST = 2 ** -126 // devices may take smaller 32-bit numbers for 0

/**
 * Fits a scaler to rows, one centre and scale for each column, as scikit-learn's scalers do:
 * - `standard`: centre is the mean, scale the population's standard deviation (StandardScaler)
 * - `minmax`: centre is the smallest value, scale the range, so that rows come to lie in [0, 1] (MinMaxScaler)
 * - `none`: centre 0, scale 1
 *
 * Sums are kept in 64 bits; what is returned is rounded to 32, as the ONNX file has it. A column with just one value
 * gets scale 1.
 * @param segments the rows to fit to: those of training
 * @param onWarning is told of constant columns
 * @throws TempocodeError `option` for an unknown kind, `data` where a column's range is beyond 32-bit numbers
 */
export function fitScaler(
  kind: ScalerState['kind'],
  series: Series,
  segments: readonly Segment[],
  onWarning: (message: string) => void = () => {},
): ScalerState {
  if (!KINDS.includes(kind)) {
    throw new TempocodeError('option', `scaler "${kind}" is unknown; use one of ${KINDS.join(', ')}`)
  }
  if (countRows(segments) === 0) throw new TempocodeError('data', 'there are no rows to fit a scaler to')
  if (kind === 'none')
    return { kind, center: series.columns.map(() => 0), scale: series.columns.map(() => 1) }
  const columns = series.columns.map((column, index) => {
    const { center, scale } =
      kind === 'minmax' ? range(series, segments, index) : moments(series, segments, index)
    const constant = scale < SMALLEST
    if (constant) onWarning(`column "${column}" is constant in the training rows`)
    if (!Number.isFinite(scale)) {
      throw new TempocodeError('data', `column "${column}" ranges wider than 32-bit numbers do`, { column })
    }
    return { center, scale: constant ? 1 : scale }
  })
  return { kind, center: columns.map(({ center }) => center), scale: columns.map(({ scale }) => scale) }
}

/** Raw values, row by row → scaled, rounded after each operation as the ONNX file does. */
export function transform(values: Float32Array, { center, scale }: ScalerState): Float32Array {
  const width = center.length
  return values.map((x, i) => Math.fround(x - center[i % width]) / scale[i % width])
}

/** Scaled values, row by row → raw. */
export function inverseTransform(values: Float32Array, { center, scale }: ScalerState): Float32Array {
  const width = center.length
  return values.map((z, i) => Math.fround(z * scale[i % width]) + center[i % width])
}

/** Mean and standard deviation, by Welford's method. */
function moments({ values, columns }: Series, segments: readonly Segment[], column: number) {
  let count = 0
  let mean = 0
  let squares = 0
  for (const { start, end } of segments) {
    for (let i = start * columns.length + column; i < end * columns.length; i += columns.length) {
      const distance = values[i] - mean
      mean += distance / ++count
      squares += distance * (values[i] - mean)
    }
  }
  return { center: Math.fround(mean), scale: Math.fround(Math.sqrt(squares / count)) }
}

function range(series: Series, segments: readonly Segment[], column: number) {
  const [least, most] = columnRange(series, segments, column)
  return { center: least, scale: Math.fround(most - least) }
}

/** The lowest and the highest value of a column in some rows. */
export function columnRange(
  { values, columns }: Series,
  segments: readonly Segment[],
  column: number,
): [least: number, most: number] {
  let least = Infinity
  let most = -Infinity
  for (const { start, end } of segments) {
    for (let i = start * columns.length + column; i < end * columns.length; i += columns.length) {
      least = Math.min(least, values[i])
      most = Math.max(most, values[i])
    }
  }
  return [least, most]
}
