import { TempocodeError } from '@tempocode/core'

/** @throws TempocodeError `option` where an option has a name that the function does not know */
export function checkOptions(where: string, options: object, allowed: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (!allowed.includes(name)) {
      throw new TempocodeError('option', `${where}: option "${name}" is unknown; use ${allowed.join(', ')}`)
    }
  }
}

/** @throws TempocodeError `option` unless the value is a whole number above 0 */
export function checkCount(name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number
  throw new TempocodeError(
    'option',
    `${name} ${JSON.stringify(value)} is not allowed; use a whole number above 0`,
  )
}

/** @throws TempocodeError `option` unless the value is one of those allowed */
export function checkOneOf<T extends string>(name: string, value: unknown, allowed: readonly T[]): T {
  if (allowed.includes(value as T)) return value as T
  throw new TempocodeError(
    'option',
    `${name} ${JSON.stringify(value)} is unknown; use ${allowed.join(' or ')}`,
  )
}
