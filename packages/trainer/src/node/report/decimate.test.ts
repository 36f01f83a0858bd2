import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { decimate } from './decimate.js'

const random = new Random(0, 'decimate')
const points = (count: number) => ({
  x: Float64Array.from({ length: count }, (_, i) => i),
  y: Float32Array.from({ length: count }, () => random.normal()),
})

test('a line of no more than two points a pixel is kept as it is', () => {
  const few = points(20)
  expect(decimate(few, [0, 19], 10)).toEqual(few)
})

test('of each pixel the lowest and the highest point are kept, in their order', () => {
  const x = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7)
  const y = Float32Array.of(1, 5, -1, 2, 3, 0, 9, 4)
  const { x: places, y: heights } = decimate({ x, y }, [0, 8], 2)
  expect([...places]).toEqual([1, 2, 5, 6])
  expect([...heights]).toEqual([5, -1, 0, 9])
})

test('no peak of a long line is lost, and the line becomes short', () => {
  const many = points(100_000)
  many.y[54_321] = 99
  many.y[7] = -99
  const { x, y } = decimate(many, [0, 99_999], 300)
  expect(x.length).toBeLessThanOrEqual(2 * 301)
  expect(x[y.indexOf(99)]).toBe(54_321)
  expect(x[y.indexOf(-99)]).toBe(7)
  expect([...x].every((place, i) => i === 0 || place > x[i - 1])).toBe(true)
})

test('points at one place become two', () => {
  const y = Float32Array.from({ length: 10 }, (_, i) => i)
  expect([...decimate({ x: new Float64Array(10).fill(3), y }, [3, 3], 2).y]).toEqual([0, 9])
})
