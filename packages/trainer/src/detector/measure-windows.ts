import type { Detector, Measures } from '@tempocode/runtime'
import { layOut, type Windows, windowsBetween } from '../windows.js'

const CHUNK = 256 // windows that are laid out at once, for that takes memory

/**
 * Errors and features of windows of a series.
 * @param values raw, rows × columns
 */
export async function measureWindows(
  detector: Detector,
  values: Float32Array,
  windows: Windows,
): Promise<Measures> {
  const { span, columns, metadata } = detector
  const count = windows.starts.length
  const errors = new Float32Array(count * columns.length)
  const features = metadata.features ? new Float32Array(count * metadata.features) : undefined
  for (let first = 0; first < count; first += CHUNK) {
    const part = windowsBetween(windows, first, first + CHUNK)
    const rows = layOut(values, part, span, columns.length)
    const measures = await detector.measure(rows, part.lengths && { lengths: part.lengths })
    errors.set(measures.errors, first * columns.length)
    if (measures.features) features?.set(measures.features, first * (metadata.features as number))
  }
  return { errors, features }
}
