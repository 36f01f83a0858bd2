import { Random } from '@tempocode/core'
import { describe, expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { pcaError } from './pca-error.js'

const raw = (columns: number) => ({
  kind: 'none' as const,
  center: new Array(columns).fill(0),
  scale: new Array(columns).fill(1),
})

describe('pcaError', () => {
  const rows = Array.from({ length: 400 }, (_, t) => [
    Math.sin(0.3 * t) + 0.2 * Math.cos(0.05 * t * t),
    Math.cos(0.11 * t) * Math.sin(0.7 * t) + 5,
    ((t * 7) % 13) / 13 + 0.1 * Math.sin(t * t),
  ])
  const series = seriesOf(rows, { columns: ['a', 'b', 'c'] })
  const split = {
    train: [
      { start: 0, end: 150 },
      { start: 155, end: 300 },
    ],
    validation: [{ start: 300, end: 400 }],
  }

  // numpy 2.4.6: x = the rows above as float32; windows of 8 rows, flattened; _, _, V = svd(train − mean);
  // r = (v − mean) − (v − mean) @ V[:k].T @ V[:k]; (r**2).mean() and abs(r).mean()
  test.each([
    [1, 1, 0.17500232516337638, 0.334354034344961],
    [1, 4, 0.03640675253836289, 0.14258537762750031],
    [1, 10, 0.009362781599189816, 0.06584252357706709],
    [3, 1, 0.1747714166965555, 0.33547927180519077],
    [3, 4, 0.03223826750018109, 0.1373659841418564],
    [3, 10, 0.009220566553143756, 0.06679860060004837],
  ])('stride %i, %i components: as numpy’s SVD', (stride, components, mse, mae) => {
    const options = { window: 8, stride, scaler: raw(3), components }
    expect(Math.abs(pcaError(series, split, { ...options, loss: 'mse' }) / mse - 1)).toBeLessThan(1e-6)
    expect(Math.abs(pcaError(series, split, { ...options, loss: 'mae' }) / mae - 1)).toBeLessThan(1e-6)
  })

  test('is measured on scaled values', () => {
    const scaler = { kind: 'standard' as const, center: [0.1, 5, 0.5], scale: [2, 2, 2] }
    const options = { window: 8, stride: 1, components: 4, loss: 'mse' as const }
    const plain = pcaError(series, split, { ...options, scaler: raw(3) })
    expect(pcaError(series, split, { ...options, scaler }) / plain).toBeCloseTo(0.25, 6)
  })

  test('k sines in a far-off series take 2k components and no fewer', () => {
    const random = new Random(0, 'sines')
    const phases = Array.from({ length: 6 }, () => 6 * random.uniform())
    const wave = (t: number, column: number) =>
      [0.21, 0.5, 1.3].reduce(
        (sum, f, i) => sum + Math.sin(f * t + phases[i] + column * phases[i + 3]),
        10_000,
      )
    const sines = seriesOf(
      Array.from({ length: 600 }, (_, t) => [wave(t, 0), wave(t, 1)]),
      { columns: ['a', 'b'] },
    )
    const parts = { train: [{ start: 0, end: 500 }], validation: [{ start: 500, end: 600 }] }
    const errorWith = (components: number) =>
      pcaError(sines, parts, { window: 20, stride: 1, scaler: raw(2), components, loss: 'mse' })
    expect(errorWith(6)).toBeLessThan(1e-6) // rounding to float32 at 10 000 leaves 1e-7
    expect(errorWith(5)).toBeGreaterThan(1e-2)
    expect(errorWith(40)).toBe(0)
  })

  test('refuses windows that are too large, and no components', () => {
    const options = { window: 350, stride: 1, scaler: raw(3), components: 4, loss: 'mse' as const }
    expect(() => pcaError(series, split, options)).toThrow('a window has 1050 values')
    expect(() => pcaError(series, split, { ...options, window: 8, components: 0 })).toThrow('components 0')
  })
})
