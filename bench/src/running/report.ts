import { atLeast, atMost, machineLine } from '../report.js'
import { digits, table } from '../table.js'
import { RUN_SYSTEMS } from './models.js'
import type { EncodeResult, ModelResult, RunResults, Wrapped } from './results.js'

const ENCODE = { megabytes: 400, share: 0.9 }

/** All that a run has shown, as Markdown; what misses its limit is marked so. */
export function runReport({ machine, quick, wrapper, models, encode }: RunResults): string {
  const parts = [machineLine(machine, quick)]
  if (wrapper.length > 0) parts.push(wrapperTable(wrapper))
  if (models.length > 0) parts.push(times(models), windows(models), ...notes(models))
  if (encode) parts.push(encodeTable(encode))
  return parts.join('\n\n')
}

function wrapperTable(wrapped: readonly Wrapped[]): string {
  return table(
    ['µs for a call', 'session alone', 'ours', 'more', 'at most'],
    wrapped.map(({ name, session, ours, more, limit }) => {
      const most = 'part' in limit ? limit.part * session : limit.microseconds
      const written = 'part' in limit ? `${digits(most)} (${100 * limit.part} %)` : digits(most)
      return [name, digits(session), digits(ours), atMost(more, most), written]
    }),
  )
}

const times = (models: readonly ModelResult[]) =>
  table(
    ['ms for a call', ...RUN_SYSTEMS],
    models.map(({ name, ms }) => [name, ...RUN_SYSTEMS.map((system) => digits(ms[system]))]),
  )

const windows = (models: readonly ModelResult[]) =>
  table(
    ['windows per second', ...RUN_SYSTEMS],
    models.map(({ name, batch, ms }) => [
      name,
      ...RUN_SYSTEMS.map((system) => digits(ms[system] && (1000 * batch) / ms[system])),
    ]),
  )

function notes(models: readonly ModelResult[]): string[] {
  const lines = models.flatMap(({ name, notes }) => notes.map((note) => `- ${name}: ${note}`))
  return lines.length > 0 ? [lines.join('\n')] : []
}

function encodeTable(result: EncodeResult): string {
  const { rows, columns, window, units, windows, seconds, sessionSeconds, megabytes, cores } = result
  return table(
    [
      'tempocode encode',
      's',
      'windows per second',
      'in ONNX Runtime',
      'at least',
      'MB',
      'at most',
      'cores used',
    ],
    [
      [
        `${rows} rows × ${columns} columns, window ${window}, units ${units}`,
        digits(seconds),
        digits(windows / seconds),
        atLeast(sessionSeconds / seconds, ENCODE.share),
        String(ENCODE.share),
        atMost(megabytes, ENCODE.megabytes),
        String(ENCODE.megabytes),
        digits(cores),
      ],
    ],
  )
}
