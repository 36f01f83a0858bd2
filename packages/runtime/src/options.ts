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

/** @throws TempocodeError `option` unless the value is true or false */
export function checkFlag(name: string, value: unknown) {
  if (typeof value === 'boolean') return
  throw new TempocodeError('option', `${name} is ${kindOf(value)}; use true or false`)
}

/** @throws TempocodeError `option` unless the value is a function or nothing */
export function checkCallback(name: string, value: unknown) {
  if (value === undefined || typeof value === 'function') return
  throw new TempocodeError('option', `${name} is ${kindOf(value)}; use a function`)
}

/** @throws TempocodeError `option` unless the value is a signal or nothing */
export function checkSignal(signal: unknown) {
  if (signal === undefined || signal instanceof AbortSignal) return
  throw new TempocodeError('option', `signal is ${kindOf(signal)}; use an AbortSignal`)
}

const DEVICES = ['cpu', 'cuda', 'wasm', 'webgpu']

/**
 * @param here the devices of this platform
 * @throws TempocodeError `option` unless there is such a device, `device` if it is one of another platform
 */
export function checkDevice(device: string, here: readonly string[]) {
  if (here.includes(device)) return
  const use = `use one of ${here.join(', ')}`
  if (DEVICES.includes(device))
    throw new TempocodeError('device', `device "${device}" is not available on this platform; ${use}`)
  throw new TempocodeError('option', `device "${device}" is unknown; ${use}`)
}

/** What a value is, in a word or two, for messages: `null`, `a string`, `an Int32Array`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  const kind = typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value
  return `${/^[aeio]/i.test(kind) ? 'an' : 'a'} ${kind}`
}

/** The names of eight at most, for messages. */
export const listOf = (names: readonly string[]): string =>
  (names.length > 8 ? [...names.slice(0, 8), '…'] : names).join(', ')
