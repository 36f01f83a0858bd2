import { Random } from '@tempocode/core'

/** A small table as CSV: a row each hour, of two waves with a little noise. */
export function machineCsv(rows: number): string {
  const random = new Random(0, 'machine')
  const wave = (t: number, period: number) => Math.sin((2 * Math.PI * t) / period) + 0.1 * random.normal()
  const lines = Array.from({ length: rows }, (_, t) => {
    const time = new Date(Date.UTC(2024, 0, 1, t)).toISOString().slice(0, 19)
    return `${time},${(5 + wave(t, 12)).toFixed(4)},${(100 + 20 * wave(t, 24)).toFixed(3)}`
  })
  return `${['time,pressure,flow', ...lines].join('\n')}\n`
}
