/** Floats as base64 of their little-endian bytes, and back; in Node and the browser alike. */
export function encodeFloats(floats: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * floats.length))
  floats.forEach((value, i) => {
    view.setFloat32(4 * i, value, true)
  })
  let bytes = ''
  for (let i = 0; i < view.byteLength; i++) bytes += String.fromCharCode(view.getUint8(i))
  return btoa(bytes)
}

export function decodeFloats(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true))
}
