import type { Segment } from './segments.js'
import type { Series } from './series.js'

const PIECE = 2 ** 20 // bytes

/**
 * The digest of the rows of these segments: their raw values as 32-bit floats, row by row, as {@link digestOfArrays}
 * takes them. Where one segment ends and the next begins makes no difference.
 */
export function digestOf({ values, columns }: Series, segments: readonly Segment[]): Promise<string> {
  return digestOfArrays(
    segments.map(({ start, end }) => values.subarray(start * columns.length, end * columns.length)),
  )
}

/**
 * The digest of arrays one behind the other, hexadecimal. Their bytes, little-endian (as every machine that runs
 * JavaScript today keeps them), are cut into pieces of 1 MiB, the last of which may be shorter; the digest is SHA-256
 * of the pieces' SHA-256. In one piece a long series would be in memory three times: it had to be joined into one array
 * first, and browsers and Node copy what they hash.
 */
export async function digestOfArrays(arrays: readonly (Float32Array | Int32Array)[]): Promise<string> {
  const piece = new Uint8Array(PIECE)
  const digests: number[] = []
  let filled = 0
  for (const { buffer, byteOffset, byteLength } of arrays) {
    let next = 0
    while (next < byteLength) {
      const bytes = new Uint8Array(buffer, byteOffset + next, Math.min(byteLength - next, PIECE - filled))
      piece.set(bytes, filled)
      next += bytes.length
      filled += bytes.length
      if (filled < PIECE) continue
      digests.push(...(await sha256(piece)))
      filled = 0
    }
  }
  if (filled > 0) digests.push(...(await sha256(piece.subarray(0, filled))))
  return hexadecimal(await sha256(Uint8Array.from(digests)))
}

export async function sha256(data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data as BufferSource))
}

/** Two digits a byte. */
export const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
