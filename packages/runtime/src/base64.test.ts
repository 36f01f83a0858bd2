import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFloats, encodeFloats } from './base64.js'

test('floats stand as base64 of their little-endian bytes', () => {
  expect(encodeFloats(Float32Array.of(1, -2))).toBe('AACAPwAAAMA=')
  expect(encodeFloats(new Float32Array())).toBe('')
})

test('what is encoded comes back to the bit', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 50 }), (floats) => {
      expect(new Uint32Array(decodeFloats(encodeFloats(floats)).buffer)).toEqual(
        new Uint32Array(floats.slice().buffer),
      )
    }),
    { seed: 1 },
  )
})
