import { TempocodeError } from '@tempocode/core'

/** @throws TempocodeError `option` naming the first key that is not known */
export function checkKeys(options: object, known: readonly string[]) {
  if (typeof options !== 'object' || options === null) {
    throw new TempocodeError('option', `options are ${kindOf(options)}; use an object of ${known.join(', ')}`)
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key))
  if (unknown === undefined) return
  throw new TempocodeError('option', `option "${unknown}" is unknown; use ${known.join(', ')}`)
}

/** @throws TempocodeError `option` unless the value is a whole number above 0 */
export function checkCount(name: string, value: unknown) {
  if (Number.isSafeInteger(value) && Number(value) > 0) return
  throw new TempocodeError('option', `${name} ${String(value)} is not allowed; use a whole number above 0`)
}

/** @throws TempocodeError `option` unless the device is one of those allowed */
export function checkDevice(device: string, allowed: readonly string[]) {
  if (allowed.includes(device)) return
  throw new TempocodeError('option', `device "${device}" is unknown; use one of ${allowed.join(', ')}`)
}

/** What a value is, in a word or two, for messages: `null`, `a string`, `an Int32Array`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  const kind = typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value
  return `${/^[aeio]/i.test(kind) ? 'an' : 'a'} ${kind}`
}
