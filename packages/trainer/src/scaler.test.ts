import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitScaler, inverseTransform, transform } from './scaler.js'
import { seriesOf } from './series-of.js'

const series = seriesOf(
  [
    [1, 10, 7],
    [2, 30, 7],
    [6, 20, 7],
    [1000, -1000, 1000],
  ],
  { columns: ['a', 'b', 'c'] },
)
const segments = [{ start: 0, end: 3 }]

test('standard has the mean and the population deviation of the given rows alone', () => {
  const state = fitScaler('standard', series, segments)
  expect(state.center).toEqual([3, 20, 7])
  expect(state.scale).toEqual([Math.sqrt(14 / 3), Math.sqrt(200 / 3), 1].map(Math.fround)) // StandardScaler's values
})

test('minmax takes the rows to [0, 1], and none leaves them', () => {
  const state = fitScaler('minmax', series, segments)
  expect(state).toEqual({ kind: 'minmax', center: [1, 10, 7], scale: [5, 20, 1] })
  expect([...transform(series.values.subarray(0, 9), state)]).toEqual(
    [0, 0, 0, 0.2, 1, 0, 1, 0.5, 0].map(Math.fround),
  )
  expect(fitScaler('none', series, segments)).toEqual({ kind: 'none', center: [0, 0, 0], scale: [1, 1, 1] })
})

test('constant columns are told of', () => {
  const warnings: string[] = []
  fitScaler('standard', series, segments, (message) => warnings.push(message))
  expect(warnings).toEqual(['column "c" is constant in the training rows'])
})

test('a large offset costs no precision', () => {
  const values = Float32Array.from({ length: 1e5 }, (_, i) => 2 ** 20 + (i % 2))
  const shifted = seriesOf(values, { columns: ['a'] })
  expect(fitScaler('standard', shifted, shifted.segments)).toEqual({
    kind: 'standard',
    center: [2 ** 20 + 0.5],
    scale: [0.5],
  })
})

test('what cannot be scaled is refused', () => {
  const wide = seriesOf([[-3e38], [3e38]], { columns: ['a'] })
  expect(() => fitScaler('minmax', wide, wide.segments)).toThrow(
    'column "a" ranges wider than 32-bit numbers do',
  )
  expect(() => fitScaler('robust' as 'none', series, segments)).toThrow(
    'scaler "robust" is unknown; use one of standard',
  )
  expect(() => fitScaler('standard', series, [])).toThrow('no rows')
})

test('numbers are 32-bit ones, scaled rows have the promised moments, and the inverse gives rows back', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 50,
  })
  fc.assert(
    fc.property(rows, fc.constantFrom('standard' as const, 'minmax' as const), (data, kind) => {
      const some = seriesOf(data, { columns: ['a', 'b'] })
      const state = fitScaler(kind, some, some.segments)
      for (const number of [...state.center, ...state.scale]) expect(Math.fround(number)).toBe(number)
      const scaled = transform(some.values, state)
      const mean = scaled.filter((_, i) => i % 2 === 0).reduce((sum, z) => sum + z / data.length, 0)
      if (kind === 'standard') expect(Math.abs(mean)).toBeLessThan(1e-3)
      else for (const z of scaled) expect(z >= 0 && z <= 1).toBe(true)
      const back = inverseTransform(scaled, state)
      for (const [i, x] of some.values.entries()) {
        const size = Math.abs(state.center[i % 2]) + state.scale[i % 2] + Math.abs(x)
        expect(Math.abs(back[i] - x)).toBeLessThanOrEqual(size * 2 ** -22)
      }
    }),
    { seed: 3 },
  )
})
