import { type CodeDistribution, type LoadOptions, loadEncoder } from '@tempocode/runtime'
import type { Series } from '../series.js'
import { evenly, layOut, type Windows, windowsBetween } from '../windows.js'
import { codeDistribution } from './codes.js'

const MOST = 2048 // windows, taken evenly from all of them
const CHUNK = 256 // windows that are laid out at once

/** The distribution of the features that an encoder gives for training windows, for 2048 of them at most. */
export async function trainingCodes(
  file: Uint8Array,
  { values }: Series,
  train: Windows,
  device: LoadOptions['device'],
): Promise<CodeDistribution> {
  const chosen = evenly(train, MOST)
  const count = chosen.starts.length
  const encoder = await loadEncoder(file, { device })
  try {
    const { window, columns, features: size } = encoder
    const features = new Float32Array(count * size)
    for (let first = 0; first < count; first += CHUNK) {
      const part = windowsBetween(chosen, first, first + CHUNK)
      const rows = layOut(values, part, window, columns.length)
      const { data } = await encoder.encode(rows, part.lengths && { lengths: part.lengths })
      features.set(data, first * size)
    }
    return codeDistribution(features, size)
  } finally {
    await encoder.dispose()
  }
}
