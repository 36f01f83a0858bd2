import type { Series } from '@tempocode/trainer'
import { readSeries } from '@tempocode/trainer/node'
import { fileOf } from '../family/data.js'
import { ENDS } from '../family/etth1.js'

export { ENDS }

/** Hours to forecast. */
export const HORIZON = 24

/** ETTh1 with its times. */
export interface Data {
  series: Series
  /** Its training rows alone. */
  training: Series
  /** Of each column, mean and standard deviation of the training rows. */
  center: number[]
  scale: number[]
}

/** @throws Missing where it is not there */
export async function etth1(): Promise<Data> {
  const path = fileOf('ett', 'ETTh1.csv')
  const series = await readSeries(path, { time: 'date', limit: ENDS.test })
  const training = await readSeries(path, { time: 'date', limit: ENDS.train })
  const width = training.columns.length
  const mean = (of: (value: number) => number, column: number) => {
    let sum = 0
    for (let row = 0; row < ENDS.train; row++) sum += of(training.values[row * width + column])
    return sum / ENDS.train
  }
  const center = training.columns.map((_, column) => mean((value) => value, column))
  const scale = center.map((middle, column) => Math.sqrt(mean((value) => (value - middle) ** 2, column)))
  return { series, training, center, scale }
}

/** The rows from which on a whole horizon lies in these rows. */
export const originsIn = (from: number, to: number): number[] =>
  Array.from({ length: to - from - HORIZON + 1 }, (_, i) => from + i)

/** The values of some columns, scaled: rows × columns. */
export function scaledColumns({ series, center, scale }: Data, names: readonly string[]): Float64Array {
  const { columns, rows, values } = series
  const chosen = names.map((name) => columns.indexOf(name))
  return Float64Array.from({ length: rows * names.length }, (_, i) => {
    const column = chosen[i % names.length]
    const row = Math.floor(i / names.length)
    return (values[row * columns.length + column] - center[column]) / scale[column]
  })
}
