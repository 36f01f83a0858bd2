import { countRows, type Segment } from './segments.js'
import type { Series } from './series.js'

/**
 * SHA-256 of the rows of these segments, hexadecimal: raw values as 32-bit floats, little-endian (as every machine
 * that runs JavaScript today keeps them), row by row.
 */
export async function digestOf(series: Series, segments: readonly Segment[]): Promise<string> {
  const width = series.columns.length
  const values = new Float32Array(countRows(segments) * width)
  let next = 0
  for (const { start, end } of segments) {
    values.set(series.values.subarray(start * width, end * width), next)
    next += (end - start) * width
  }
  return hexadecimal(await sha256(values))
}

export async function sha256(data: Float32Array | Int32Array | Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data as BufferSource))
}

export const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
