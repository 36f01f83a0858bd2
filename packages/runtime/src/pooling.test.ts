import { expect, test } from 'vitest'
import { FeaturePool, poolFeatures } from './pooling.js'

const features = { data: Float32Array.of(1, -5, 4, -7, 1, -9), shape: [3, 2] as [number, number] }

test.each([
  ['last', [1, -9]],
  ['mean', [2, -7]],
  ['max', [4, -5]],
  [
    ['max', 'last'],
    [4, -5, 1, -9],
  ],
] as const)('%s of three windows', (pool, expected) => {
  const { data, shape } = poolFeatures(features, { pool })
  expect(Array.from(data)).toEqual(expected)
  expect(shape).toEqual([1, expected.length])
})

test('some windows at a time give the same', () => {
  const pool = new FeaturePool(2, ['last', 'mean', 'max'])
  pool.add(features.data.subarray(0, 2))
  pool.add(features.data.subarray(2, 2))
  pool.add(features.data.subarray(2))
  expect(pool.windows).toBe(3)
  expect(pool.values()).toEqual(poolFeatures(features, { pool: ['last', 'mean', 'max'] }).data)
})

test('a window of NaN is not hidden', () => {
  const data = Float32Array.of(1, NaN, 3)
  const pooled = poolFeatures({ data, shape: [3, 1] }, { pool: ['last', 'mean', 'max'] })
  expect(Array.from(pooled.data)).toEqual([3, NaN, NaN])
})

test('refuses unknown pools, none, and no windows', () => {
  expect(() => poolFeatures(features, { pool: 'median' as never })).toThrow(
    'pool "median" is not allowed; use some of last, mean, max',
  )
  expect(() => poolFeatures(features, { pool: [] })).toThrow('pool none is not allowed')
  const empty = { data: new Float32Array(), shape: [0, 2] as [number, number] }
  expect(() => poolFeatures(empty, { pool: 'last' })).toThrow('there are no windows')
})
