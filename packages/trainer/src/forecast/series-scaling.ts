import { TempocodeError } from '@tempocode/core'
import { fitScaler } from '../scaler.js'
import type { Segment } from '../segments.js'
import type { Series } from '../series.js'

/** Centre and scale of each column, for each series (group) its own. */
export interface SeriesScaling {
  /** The place of each group in the tables; where rows are not grouped, of `undefined`. */
  places: ReadonlyMap<string | undefined, number>
  /** Groups × columns, row by row. */
  center: number[]
  scale: number[]
}

/**
 * Scales each series by its own mean and standard deviation, so that one network can learn from all of them.
 * @param train the rows to fit to
 * @throws TempocodeError `data` where a group has none of them
 */
export function fitSeriesScaling(
  series: Series,
  train: readonly Segment[],
  onWarning: (message: string) => void,
): SeriesScaling {
  const parts = new Map<string | undefined, Segment[]>(series.segments.map(({ name }) => [name, []]))
  for (const segment of train) parts.get(segment.name)?.push(segment)
  const states = [...parts].map(([name, rows]) => {
    const where = name === undefined ? '' : `group "${name}": `
    if (rows.length === 0) throw new TempocodeError('data', `${where}no row is left to train; leave it out`)
    return fitScaler('standard', series, rows, (message) => onWarning(`${where}${message}`))
  })
  return {
    places: new Map([...parts.keys()].map((name, place) => [name, place])),
    center: states.flatMap(({ center }) => center),
    scale: states.flatMap(({ scale }) => scale),
  }
}

/** The groups' names, in the order of the tables; none where rows are not grouped. */
export const groupNames = ({ places }: SeriesScaling): string[] =>
  [...places.keys()].filter((name) => name !== undefined)

/** The rows' values, each series scaled by its own numbers, rounded as the ONNX file does. */
export function scaleSeries(series: Series, { places, center, scale }: SeriesScaling): Float32Array {
  const width = series.columns.length
  const scaled = new Float32Array(series.values.length)
  for (const { start, end, name } of series.segments) {
    const first = (places.get(name) ?? 0) * width
    for (let i = start * width; i < end * width; i++) {
      const place = first + (i % width)
      scaled[i] = Math.fround(series.values[i] - center[place]) / scale[place]
    }
  }
  return scaled
}
