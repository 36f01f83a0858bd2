/** Prints what a command found: one JSON object, or lines of a name and a text for people. */
export function print(
  json: boolean | undefined,
  result: object,
  lines: readonly [name: string, text: string][],
): void {
  const width = Math.max(...lines.map(([name]) => name.length)) + 2
  const text = lines.map(([name, value]) => `${name.padEnd(width)}${value}\n`).join('')
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : text)
}

/** Four digits, as few as that is. */
export const digits = (value: number) => String(Number(value.toPrecision(4)))

/** `1 row`, `2 rows`. */
export const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`

/** `0.42 s`, `3.1 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 1 ? seconds.toFixed(2) : seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

export function warn(message: string): void {
  process.stderr.write(`tempocode: warning: ${message}\n`)
}
