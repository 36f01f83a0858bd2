import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { type CorruptionName, corruptionOf, corruptionRule } from './corruption.js'

const WINDOWS = 500
const WINDOW = 10
const series = seriesOf(
  [
    [0, 100],
    [10, 300],
    [99, 999],
  ],
  { columns: ['a', 'b'] },
)
const scaler = { kind: 'standard' as const, center: [5, 200], scale: [5, 50] }
// the last row is not one of training
const drawOf = (name: CorruptionName) => corruptionOf(name, series, [{ start: 0, end: 2 }], scaler, WINDOW)
const noiseOf = (name: CorruptionName) => {
  const { keep, fill } = drawOf(name)!(new Random(0), WINDOWS)
  return { keep: keep.data, fill: fill.data, shape: keep.shape }
}
const part = (values: Float32Array, holds: (x: number) => boolean) =>
  values.filter(holds).length / values.length

test('masking makes its part of the values 0 and leaves the others', () => {
  const { keep, fill, shape } = noiseOf('masking:0.3')
  expect(shape).toEqual([WINDOWS, WINDOW, 2])
  expect(new Set(keep)).toEqual(new Set([0, 1]))
  expect(part(keep, (x) => x === 0)).toBeCloseTo(0.3, 1)
  expect(fill.every((x) => x === 0)).toBe(true)
})

test('Gaussian noise has its deviation and keeps all values', () => {
  const { keep, fill } = noiseOf('gaussian:0.5')
  expect(keep.every((x) => x === 1)).toBe(true)
  expect(Math.sqrt(fill.reduce((sum, x) => sum + x * x, 0) / fill.length)).toBeCloseTo(0.5, 1)
})

test('salt and pepper puts the lowest or highest scaled value of the column’s training rows', () => {
  const { keep, fill } = noiseOf('salt-and-pepper:0.2')
  expect(part(keep, (x) => x === 0)).toBeCloseTo(0.2, 1)
  for (const [column, values] of [
    [-1, 1],
    [-2, 2],
  ].entries()) {
    const replaced = fill.filter((_, i) => i % 2 === column && keep[i] === 0)
    expect(new Set(replaced)).toEqual(new Set(values))
    expect(part(replaced, (x) => x > 0)).toBeCloseTo(0.5, 1)
  }
})

test('the seed fixes the noise', () => {
  const draw = drawOf('masking:0.5')!
  expect(draw(new Random(1), 3)).toEqual(draw(new Random(1), 3))
  expect(draw(new Random(1), 3)).not.toEqual(draw(new Random(2), 3))
})

test('none draws nothing; what is no corruption is not allowed', () => {
  expect(drawOf('none')).toBeUndefined()
  const names = [
    'masking',
    'masking:0',
    'masking:1',
    'masking:-1',
    'blur:0.3',
    'gaussian:0',
    'gaussian:x',
    0.3,
  ]
  expect(names.filter(corruptionRule.holds)).toEqual([])
  expect(['none', 'masking:0.3', 'gaussian:2', 'salt-and-pepper:.1'].every(corruptionRule.holds)).toBe(true)
})
