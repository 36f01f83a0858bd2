import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { LONGEST_FLOAT, writeFloat32 } from './format-float.js'

const bytes = new Uint8Array(LONGEST_FLOAT + 2)
const format = (x: number) => {
  const end = writeFloat32(x, bytes, 2)
  expect(end - 2).toBeLessThanOrEqual(LONGEST_FLOAT)
  return String.fromCharCode(...bytes.subarray(2, end))
}

test.each([
  [0.1, '0.1'],
  [-2.5, '-2.5'],
  [0, '0'],
  [5, '5'],
  [100, '100'],
  [16777216, '16777216'],
  [1 / 3, '0.33333334'],
  [1013.25, '1013.25'],
  [0.000123, '0.000123'],
  [999999.94, '999999.94'],
  [1e-7, '1e-7'],
  [3.4028235e38, '3.4028235e+38'],
  [1e-45, '1.4013e-45'],
  [NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('%d is written %s', (value, text) => {
  expect(format(Math.fround(value))).toBe(text)
})

/** The shortest, found by trying. */
const shortest = (x: number) => {
  for (let digits = 1; ; digits++) {
    const text = x.toPrecision(digits)
    if (Math.fround(Number(text)) === x) return digits
  }
}
const digitsIn = (text: string) =>
  text
    .replace(/e.*/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '').length

test('any float is given back, in the fewest digits', () => {
  const random = new Random(7)
  const float = new Float32Array(1)
  const bits = new Uint32Array(float.buffer)
  for (let i = 0; i < 200_000; i++) {
    bits[0] = random.uint32()
    // half of them of the sizes that features have
    const x = i % 2 === 0 ? float[0] : Math.fround(random.normal())
    const text = format(x)
    expect(Object.is(Math.fround(Number(text)), x)).toBe(true)
    if (i % 10 === 1) expect(digitsIn(text)).toBeLessThanOrEqual(shortest(x))
  }
})
