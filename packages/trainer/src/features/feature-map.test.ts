import { Random } from '@tempocode/core'
import type { Features } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { featureMap } from './feature-map.js'

/** Three clouds of 30 windows, far from each other in 5 features. */
function clouds(): Features {
  const random = new Random(0, 'clouds')
  const data = Float32Array.from({ length: 90 * 5 }, (_, i) => {
    const cloud = Math.floor(i / 5 / 30)
    return (i % 5 === cloud ? 10 : 0) + random.normal()
  })
  return { data, shape: [90, 5] }
}

/** Of all windows the part whose nearest neighbour on the map is of the same cloud. */
function neighbours({ data }: Features): number {
  const distance = (a: number, b: number) =>
    Math.hypot(data[2 * a] - data[2 * b], data[2 * a + 1] - data[2 * b + 1])
  const windows = Array.from({ length: 90 }, (_, i) => i)
  const nearest = (i: number) =>
    windows.filter((j) => j !== i).reduce((best, j) => (distance(i, j) < distance(i, best) ? j : best))
  return windows.filter((i) => Math.floor(nearest(i) / 30) === Math.floor(i / 30)).length / 90
}

test.each(['pca', 'umap'] as const)('%s keeps clouds apart, and is the same again', async (method) => {
  const map = await featureMap(clouds(), { method, seed: 1 })
  expect(map.shape).toEqual([90, 2])
  expect(map.data.every(Number.isFinite)).toBe(true)
  expect(neighbours(map)).toBeGreaterThan(0.95)
  expect((await featureMap(clouds(), { method, seed: 1 })).data).toEqual(map.data)
})

test('another seed is another UMAP', async () => {
  const [one, other] = await Promise.all([1, 2].map((seed) => featureMap(clouds(), { method: 'umap', seed })))
  expect(other.data).not.toEqual(one.data)
})

// numpy 2.4.6: c = x − x.mean(0); _, _, v = svd(c); c @ v[:2].T, signs so that each vector's largest part is positive
test('pca as numpy’s SVD', async () => {
  const data = Float32Array.of(1, 2, 3, 4, 0, 1, -1, 5, 2, 2, 7, 1)
  const map = await featureMap({ data, shape: [4, 3] })
  const expected = [-1.127732, -1.553776, -4.242099, 0.984992, 2.437519, -1.532643, 2.932311, 2.101427]
  map.data.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 5)
  })
})

test('a single feature is a line', async () => {
  const map = await featureMap({ data: Float32Array.of(4, 1, 2, 1), shape: [4, 1] })
  expect([...map.data]).toEqual([2, 0, -1, 0, 0, 0, -1, 0])
})

test('few windows have a map, too', async () => {
  const data = Float32Array.of(1, 2, 3, 4, 0, 1, -1, 5)
  const map = await featureMap({ data, shape: [4, 2] }, { method: 'umap' })
  expect(map.data.every(Number.isFinite)).toBe(true)
})

test('refuses too few windows, NaN and unknown methods', async () => {
  const data = Float32Array.of(1, 2, 3, NaN)
  await expect(featureMap({ data, shape: [2, 2] })).rejects.toThrow('there are 2 windows; a map needs 4')
  await expect(featureMap({ data, shape: [4, 1] })).rejects.toThrow('window 4 has a feature NaN')
  const method = 'tsne' as never
  await expect(featureMap(clouds(), { method })).rejects.toThrow(
    'method "tsne" is unknown; use one of pca, umap',
  )
})
