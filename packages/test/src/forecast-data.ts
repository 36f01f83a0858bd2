import { machineCsv } from './machine-data.js'

/** Rows of the data, and of each machine. */
export const ROWS = 200

/** Of a small forecaster, which trains in a moment. */
export const SIZE = ['--horizon', '3', '--window', '8', '--epochs', '1', '--units', '4']

/** The same rows, of two machines that differ in their level, and a plan that is known ahead. */
export function groupedCsv(rows: number): string {
  const [, ...lines] = machineCsv(rows).trimEnd().split('\n')
  const each = ['left', 'right'].flatMap((machine, m) =>
    lines.map((line, t) => {
      const [time, pressure, flow] = line.split(',')
      return [machine, time, Number(pressure) + 100 * m, flow, t % 5 === 0 ? 1 : 0].join(',')
    }),
  )
  return `${['machine,time,pressure,flow,plan', ...each].join('\n')}\n`
}

/** A plan of so many hours after the end of the data, for both machines. */
export function planCsv(hours: number, value: (hour: number) => number): string {
  const lines = ['left', 'right'].flatMap((machine) =>
    Array.from({ length: hours }, (_, hour) => {
      const time = new Date(Date.UTC(2024, 0, 1, ROWS + hour)).toISOString().slice(0, 19)
      return `${machine},${time},${value(hour)}`
    }),
  )
  return `${['machine,time,plan', ...lines].join('\n')}\n`
}
