import type { DetectorMetadata } from '../metadata-detector.js'

/**
 * The error of the last row that is compared, of each window: the mean over columns, then over the heads that give that
 * row, of |x − x̂| in scaled units. Of a prediction it is the last row that is predicted. NaN where there is none.
 * @param rows raw windows, back to back
 * @param heads the raw rows of each head, by its name
 * @param lengths how many rows of each window count; all, where there are none
 */
export function lastRowErrors(
  rows: Float32Array,
  heads: Record<string, Float32Array>,
  metadata: Pick<DetectorMetadata, 'span' | 'columns' | 'heads' | 'scaler'>,
  lengths?: Int32Array,
): Float32Array {
  const { span, columns, scaler } = metadata
  const width = columns.length
  return Float32Array.from({ length: rows.length / (span * width) }, (_, w) => {
    const length = lengths?.[w] ?? span
    const ends = metadata.heads.map(({ offset, steps }) => Math.min(length, offset + steps))
    const last = Math.max(...ends) - 1
    let sum = 0
    let count = 0
    metadata.heads.forEach(({ name, offset, steps }, h) => {
      if (ends[h] - 1 !== last || last < offset) return
      const given = (w * steps + last - offset) * width
      const due = (w * span + last) * width
      for (let c = 0; c < width; c++)
        sum += Math.abs(rows[due + c] - heads[name][given + c]) / scaler.scale[c]
      count += width
    })
    return sum / count
  })
}
