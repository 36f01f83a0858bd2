import { type KeyColumn, type KeyValues, openTable, type TableWriter } from '@tempocode/trainer/node'
import type { EventLog, LoggedEvent } from './event-log.js'

/**
 * Writes a table of events: the group if there are groups; the times, or numbers, of the first row (`start`), of that with
 * which the alarm was raised (`raised`), and of the last one (`end`); the `columns` that caused it, most first, and the
 * part of each; and the highest score (`peak`).
 * @param keys the key columns of the table of scores: the last one tells rows apart
 * @returns the table, to be closed
 */
export async function writeEvents(
  log: EventLog,
  path: string,
  keys: readonly KeyColumn[],
  groupBy?: string,
): Promise<TableWriter> {
  const { events } = log
  const { kind } = keys[keys.length - 1]
  const group: KeyColumn[] = groupBy === undefined ? [] : [{ name: groupBy, kind: 'text' }]
  const rows = (['start', 'raised', 'end'] as const).map((name) => ({ name, kind }))
  const table = await openTable(path, [...group, ...rows, { name: 'columns', kind: 'text' }], ['peak'])
  const columns: KeyValues[] = [
    ...(groupBy === undefined ? [] : [events.map((event) => event.group ?? '')]),
    ...rows.map(({ name }) => keysOf(events, name, kind)),
    events.map((event) => log.causesOf(event)),
  ]
  const peaks = Float32Array.from(events, ({ peak }) => peak)
  await table.append(columns, peaks)
  return table
}

function keysOf(
  events: readonly LoggedEvent[],
  name: 'start' | 'raised' | 'end',
  kind: KeyColumn['kind'],
): KeyValues {
  if (kind === 'timestamp') return BigInt64Array.from(events, (event) => BigInt(event[name]))
  const numbers = events.map((event) => Number(event[name]))
  return kind === 'integer' ? Int32Array.from(numbers) : Float64Array.from(numbers)
}
