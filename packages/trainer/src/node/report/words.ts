import type { Time } from '../../series.js'

/** Three digits or so many, as few as that is: `0.0412`, `17.4`, `1230`. */
export const digits = (value: number, count = 3): string => {
  const rounded = Number(value.toPrecision(count))
  return Math.abs(rounded) >= 1e6 ? rounded.toExponential() : String(rounded)
}

/** `17,420`. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 row`, `2,000 rows`. */
export const counted = (count: number, thing: string): string =>
  `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`

/** `3.1 %`. */
export const percent = (part: number): string => `${digits(100 * part, 2)} %`

/** `0.42 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${digits(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** `1 hour`, `10 minutes`, `90 seconds`. */
export function spoken(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  for (const [unit, size] of units) {
    if (seconds > 0 && seconds % size === 0) return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`
  }
  return duration(seconds)
}

/** `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** At most so many letters, the last of them an ellipsis where there were more. */
export function shortened(text: string, most: number): string {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}

/** A row's time: `2010-01-31 05:00` (UTC), or the number as it is. */
export function timeOf(time: Time, row: number): string {
  if (time.kind === 'number') return digits(time.values[row])
  const date = new Date(Number(time.values[row] / 1000n))
  if (Number.isNaN(date.getTime())) return `${time.values[row]} µs`
  return date
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
    .replace(/:00$/, '')
    .replace(/ 00:00$/, '')
}
