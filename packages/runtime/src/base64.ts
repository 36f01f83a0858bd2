/** Floats as base64 of their little-endian bytes, and back; in Node and the browser alike. */
export function encodeFloats(floats: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * floats.length))
  floats.forEach((value, i) => {
    view.setFloat32(4 * i, value, true)
  })
  return encodeBytes(new Uint8Array(view.buffer))
}

/** Of text that is base64. */
export function decodeFloats(text: string): Float32Array {
  const bytes = bytesOf(text)
  const view = new DataView(bytes.buffer)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}

export function encodeBytes(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** @returns nothing where the text is no base64 */
export function decodeBytes(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  return bytesOf(text)
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
