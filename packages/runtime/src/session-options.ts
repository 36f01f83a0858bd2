import { TempocodeError } from '@tempocode/core'
import { checkCount, checkKeys, kindOf } from './options.js'
import type { SessionDevice, SessionOptions } from './session.js'

export const SESSION_OPTIONS = ['threads', 'cuda'] satisfies (keyof SessionOptions)[]

/** @throws TempocodeError `option` where a value is not allowed, or is for another device than the one named */
export function checkSessionOptions({ threads, cuda }: SessionOptions, device: 'auto' | SessionDevice): void {
  if (threads !== undefined) {
    checkCount('threads', threads)
    if (device === 'cuda' || device === 'webgpu')
      fail(`threads are for cpu and wasm, and the device is ${device}`)
  }
  if (cuda === undefined) return
  if (device !== 'cuda' && device !== 'auto') fail(`option "cuda" is for cuda, and the device is ${device}`)
  checkKeys(cuda, ['deviceId', 'tf32'])
  const { deviceId = 0, tf32 = false } = cuda
  if (!Number.isSafeInteger(deviceId) || deviceId < 0)
    fail(`cuda.deviceId ${String(deviceId)} is not allowed; use a whole number from 0 on`)
  if (typeof tf32 !== 'boolean') fail(`cuda.tf32 is ${kindOf(tf32)}; use true or false`)
}

/** Of all options those that are for a device. */
export function optionsOf(device: SessionDevice, { threads, cuda }: SessionOptions): SessionOptions {
  if (device === 'cuda') return { cuda }
  return device === 'webgpu' ? {} : { threads }
}

function fail(message: string): never {
  throw new TempocodeError('option', message)
}
