import { TempocodeError } from '@tempocode/core'
import { checkCount } from './options.js'
import type { SessionDevice, SessionOptions } from './session.js'

export const SESSION_OPTIONS = ['threads', 'wasmPaths', 'cuda'] satisfies (keyof SessionOptions)[]

/** Checks the options that a platform has of its own. */
export type CheckOwnOptions = (options: SessionOptions, device: 'auto' | SessionDevice) => void

/** @throws TempocodeError `option` where a value is not allowed, or is for another device than the one named */
export function checkSessionOptions(
  options: SessionOptions,
  device: 'auto' | SessionDevice,
  checkOwn: CheckOwnOptions,
): void {
  const { threads } = options
  if (threads !== undefined) {
    checkCount('threads', threads)
    if (device === 'cuda' || device === 'webgpu') {
      const message = `threads are for cpu and wasm, and the device is ${device}`
      throw new TempocodeError('option', message)
    }
  }
  checkOwn(options, device)
}

/** Of all options those that are for a device. */
export function optionsOf(
  device: SessionDevice,
  { threads, wasmPaths, cuda }: SessionOptions,
): SessionOptions {
  if (device === 'cuda') return { cuda }
  return device === 'webgpu' ? { wasmPaths } : { threads, wasmPaths }
}
