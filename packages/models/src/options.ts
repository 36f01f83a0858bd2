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

/** @throws TempocodeError `option` unless the value is a number that is not below 0 */
export function checkNotNegative(name: string, value: unknown): number {
  if (Number.isFinite(value) && (value as number) >= 0) return value as number
  throw new TempocodeError(
    'option',
    `${name} ${JSON.stringify(value)} is not allowed; use a number that is not below 0`,
  )
}

/** @throws TempocodeError `option` unless the value is true or false */
export function checkFlag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new TempocodeError('option', `${name} ${JSON.stringify(value)} is not allowed; use true or false`)
}

/** @throws TempocodeError `option` unless the value is a list of one or more whole numbers above 0 */
export function checkUnits(units: unknown): readonly number[] {
  if (!Array.isArray(units)) {
    throw new TempocodeError(
      'option',
      `units ${JSON.stringify(units)} is not allowed; use a list of whole numbers above 0`,
    )
  }
  checkCount('the number of layers in units', units.length)
  for (const count of units) checkCount('units', count)
  return units
}

/** @throws TempocodeError `option` unless the value is a number of at least 0 and below 1 */
export function checkShare(name: string, value: unknown): number {
  if (Number.isFinite(value) && (value as number) >= 0 && (value as number) < 1) return value as number
  throw new TempocodeError(
    'option',
    `${name} ${JSON.stringify(value)} is not allowed; use a number of at least 0 and below 1`,
  )
}

/**
 * The share of values to drop between layers of an encoder.
 * @throws TempocodeError `option` unless it is at least 0 and below 1, and where there is nothing that it could drop
 */
export function checkDropout(dropout: unknown, units: readonly number[]): number {
  const share = checkShare('dropout', dropout)
  if (share === 0 || units.length > 1) return share
  throw new TempocodeError(
    'option',
    `dropout ${share} acts between layers of the encoder, but units [${units.join(', ')}] has one layer; use more, or no dropout`,
  )
}
