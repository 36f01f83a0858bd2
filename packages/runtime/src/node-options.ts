import { TempocodeError } from '@tempocode/core'
import { checkFlag, checkKeys } from './options.js'
import type { SessionDevice, SessionOptions } from './session.js'

/** @throws TempocodeError `option` where one that Node has of its own is not allowed, or one is for browsers */
export function checkNodeOptions({ wasmPaths, cuda }: SessionOptions, device: 'auto' | SessionDevice): void {
  if (wasmPaths !== undefined) fail('wasmPaths are for browsers; Node has the files in onnxruntime-web')
  if (cuda === undefined) return
  if (device !== 'cuda' && device !== 'auto') fail(`option "cuda" is for cuda, and the device is ${device}`)
  checkKeys(cuda, ['deviceId', 'tf32'])
  const { deviceId = 0, tf32 = false } = cuda
  if (!Number.isSafeInteger(deviceId) || deviceId < 0)
    fail(`cuda.deviceId ${String(deviceId)} is not allowed; use a whole number from 0 on`)
  checkFlag('cuda.tf32', tf32)
}

function fail(message: string): never {
  throw new TempocodeError('option', message)
}
