import { addAbortSignal } from 'node:stream'
import { TempocodeError } from '@tempocode/core'
import { csvLine } from '@tempocode/trainer/node'
import { counted, warn } from './output.js'
import { streamOutput } from './stream-output.js'
import { type StreamRowsOptions, streamRows } from './stream-rows.js'

export interface FilterOptions extends StreamRowsOptions {
  /** A new file instead of standard output. */
  out?: string
  signal: AbortSignal
}

/** What makes numbers of the rows of a group, in their order. */
export interface RowStream {
  /** @returns the numbers of the row's line; undefined where it has none */
  push(row: Float32Array): Promise<Float32Array | undefined>
  /** Begins anew: a row was left out. */
  reset(): void | Promise<void>
}

/**
 * Reads rows of CSV from standard input, and writes a line of CSV for each as soon as its numbers are there: the group, if
 * rows are grouped; the row's time, or its number; the numbers. Memory does not grow with the rows, but with the groups.
 * @param names of the numbers
 * @param open a stream for a group that was not there yet
 * @throws TempocodeError `data` for rows, as `streamRows` does; `file` where `out` is at fault; `cancelled` where the
 *   signal fired
 */
export async function filterRows(
  names: readonly string[],
  open: () => RowStream,
  { out, signal, ...options }: FilterOptions,
): Promise<void> {
  const { groupBy, time } = options
  const streams = new Map<string, RowStream>()
  let rows = 0
  let dropped = 0
  try {
    const read = await streamRows(addAbortSignal(signal, process.stdin), options)
    const output = streamOutput(out)
    try {
      await output.write(csvLine([...(groupBy === undefined ? [] : [groupBy]), time ?? 'row', ...names]))
      for await (const { row, group, time = String(row), values } of read) {
        const key = group ?? ''
        const stream = streams.get(key) ?? open()
        streams.set(key, stream)
        rows++
        if (values === undefined) {
          dropped++
          await stream.reset()
        } else {
          const numbers = await stream.push(values)
          if (numbers) await output.write(csvLine([...(group === undefined ? [] : [group]), time], numbers))
        }
        signal.throwIfAborted()
      }
    } finally {
      output.close()
    }
  } catch (cause) {
    if (!signal.aborted) throw cause
    throw new TempocodeError('cancelled', `stopped after ${counted(rows, 'row')}`, {}, { cause })
  } finally {
    process.stdin.destroy() // else the process waits for its end
    if (dropped > 0) warn(`${counted(dropped, 'row')} with missing values left out`)
  }
}
