import { TempocodeError } from '@tempocode/core'
import type { ForecasterMetadata } from '../metadata.js'
import { inputWidth, takesGroup } from '../metadata-forecaster.js'
import { kindOf, listOf } from '../options.js'
import type { Tensor } from '../session.js'
import { cycleColumns } from './cycles.js'

/** A time: a Date, or seconds since 1970, UTC. */
export type Time = Date | number

/**
 * The time of each window's last row in seconds, where the file needs it.
 * @throws TempocodeError `data` where it is needed and missing, is no time, or there is not one for each window
 */
export function endTimes(
  end: Time | readonly Time[] | undefined,
  n: number,
  { cycles }: ForecasterMetadata,
): Float64Array | undefined {
  if (!cycles) return undefined
  const wanted = `give end, the time of each window's last row: a Date or seconds since 1970, and of ${n} windows ${n}`
  if (end === undefined)
    return fail(`end is missing, and this forecaster knows ${cycles.join(', ')}; ${wanted}`)
  const times = Array.isArray(end) ? end : [end]
  if (times.length !== n) return fail(`end has ${times.length} times for ${n} windows; ${wanted}`)
  return Float64Array.from(times, (time: unknown, w) => {
    const seconds = time instanceof Date ? time.getTime() / 1000 : time
    if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds
    return fail(
      `end of window ${w + 1} is ${typeof seconds === 'number' ? seconds : kindOf(time)}; ${wanted}`,
    )
  })
}

/**
 * The number of each window's group, where the file needs it.
 * @throws TempocodeError `data` where it is needed and missing, is unknown, or there is not one for each window
 */
export function groupNumbers(
  group: string | readonly string[] | undefined,
  n: number,
  metadata: ForecasterMetadata,
): Int32Array | undefined {
  const { groups } = metadata
  if (group === undefined) {
    if (!groups || !takesGroup(metadata)) return undefined
    return fail(`group is missing; give one of ${listOf(groups)}, or one for each window`)
  }
  if (!groups) return fail('group is given, and this forecaster knows no groups; leave it out')
  const names = Array.isArray(group) ? group : new Array<unknown>(n).fill(group)
  if (names.length !== n) return fail(`there are ${names.length} groups for ${n} windows; give one for each`)
  const numbers = new Map<unknown, number>(groups.map((name, i) => [name, i]))
  const found = Int32Array.from(names, (name: unknown) => {
    const number = numbers.get(name)
    if (number !== undefined) return number
    const received = typeof name === 'string' ? `"${name}" is unknown` : `is ${kindOf(name)}`
    return fail(`group ${received}; use one of ${listOf(groups)}`)
  })
  return takesGroup(metadata) ? found : undefined
}

/**
 * What the graph takes of windows [first, end).
 * @param windows gives their rows, the cycles behind the columns
 */
export function feedsOf(
  metadata: ForecasterMetadata,
  windows: (first: number, end: number) => Float32Array,
  group?: Int32Array,
) {
  return (first: number, end: number): Record<string, Tensor> => {
    const n = end - first
    const input = { data: windows(first, end), shape: [n, metadata.window, inputWidth(metadata)] }
    return group ? { input, group: { data: group.subarray(first, end), shape: [n] } } : { input }
  }
}

/** Of windows that have columns alone, the rows of windows [first, end) with the cycles behind the columns. */
export function rowsOf(metadata: ForecasterMetadata, values: Float32Array, ends?: Float64Array) {
  const size = metadata.window * metadata.columns.length
  return (first: number, end: number): Float32Array => {
    const rows = values.subarray(first * size, end * size)
    return ends ? withCycles(rows, ends.subarray(first, end), metadata) : rows
  }
}

function withCycles(rows: Float32Array, ends: Float64Array, metadata: ForecasterMetadata): Float32Array {
  const { window, columns, cycles = [], timeStep = 0 } = metadata
  const width = inputWidth(metadata)
  const wider = new Float32Array(ends.length * window * width)
  for (let row = 0; row < ends.length * window; row++) {
    const late = window - 1 - (row % window) // rows before the window's last one
    const seconds = ends[Math.floor(row / window)] - late * timeStep
    wider.set(rows.subarray(row * columns.length, (row + 1) * columns.length), row * width)
    wider.set(cycleColumns(seconds, cycles), row * width + columns.length)
  }
  return wider
}

function fail(message: string): never {
  throw new TempocodeError('data', message)
}
