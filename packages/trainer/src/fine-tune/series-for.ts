import { TempocodeError } from '@tempocode/core'
import type { Series } from '../series.js'
import { seriesOf } from '../series-of.js'

/**
 * Raw values, as they were measured:
 * - a series
 * - the rows of one, one array for each, or a Float32Array of them all, row by row
 * - windows, each an array of its rows; sequences of different lengths where the network has masking
 */
export type Rows =
  | Series
  | Float32Array
  | readonly (readonly number[])[]
  | readonly (readonly (readonly number[])[])[]

/**
 * The series to learn from, and whether it is made of windows, which are not to be cut.
 * @throws TempocodeError `data` where columns are not those of the file, or values are not usable
 */
export function seriesFor(rows: Rows, columns: readonly string[]): { series: Series; whole: boolean } {
  if ('segments' in rows) return { series: checkColumns(rows, columns), whole: false }
  if (!isWindows(rows)) return { series: seriesOf(rows, { columns: [...columns] }), whole: false }
  let end = 0
  const segments = rows.map((window, i) => {
    const start = end
    end += window.length
    return { start, end, name: `${i + 1}` }
  })
  return { series: { ...seriesOf(rows.flat(), { columns: [...columns] }), segments }, whole: true }
}

const isWindows = (rows: Exclude<Rows, Series>): rows is readonly (readonly (readonly number[])[])[] =>
  !(rows instanceof Float32Array) && Array.isArray(rows[0]?.[0])

function checkColumns(series: Series, columns: readonly string[]): Series {
  const [ours, theirs] = [series.columns, columns].map((names) => names.join(', '))
  if (ours === theirs) return series
  const message = `the columns of the series are ${ours}, and training.onnx learnt ${theirs}, in this order`
  throw new TempocodeError('data', message)
}
