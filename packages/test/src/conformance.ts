import { placement, type SessionDevice } from '@tempocode/runtime'
import { expect } from 'vitest'
import { deviceCases } from './device-cases.js'
import type { PaddedWindows } from './encoder-features.js'
import { relativeError } from './random-models.js'

type Encode = (file: Uint8Array, windows: PaddedWindows) => Promise<ArrayLike<number>>

/**
 * Runs every case on a device, in each form that the device runs by its table.
 * @returns how many files ran, and the largest error
 */
export async function conforms(device: SessionDevice, encode: Encode) {
  const seen = { operators: 0, plain: 0, error: 0 }
  for (const { name, windows, expected, ...files } of deviceCases()) {
    for (const form of ['operators', 'plain'] as const) {
      if (placement(files[form], device).length > 0) continue
      const error = relativeError(await encode(files[form], windows), expected)
      expect(error, `${name}, ${form} on ${device}`).toBeLessThanOrEqual(1e-5)
      seen[form]++
      seen.error = Math.max(seen.error, error)
    }
  }
  return seen
}
