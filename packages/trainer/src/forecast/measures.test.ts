import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Compared, MeasureSums, termsOf } from './measures.js'

const measured = (values: Compared[]) => {
  const sums = new MeasureSums()
  for (const value of values) sums.add(termsOf(value))
  return sums.measures()
}
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length

test('measures equal their formulas', () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true })
  const positive = fc.double({ min: 0.1, max: 100, noNaN: true })
  const value = fc.record({
    actual: number,
    forecast: number,
    lower: number,
    upper: number,
    scale: positive,
    naiveError: positive,
  })
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const found = measured(values)
      const errors = values.map(({ actual, forecast }) => forecast - actual)
      const scaled = errors.map((error, i) => error / values[i].scale)
      const widths = values.map(({ lower, upper }) => upper - lower)
      const close = (received: number | undefined, expected: number) =>
        expect(received).toBeCloseTo(expected, 6)
      expect(found.values).toBe(values.length)
      close(found.raw.mse, mean(errors.map((error) => error * error)))
      close(found.raw.mae, mean(errors.map(Math.abs)))
      close(found.raw.width, mean(widths))
      close(found.scaled.mse, mean(scaled.map((error) => error * error)))
      close(found.scaled.mae, mean(scaled.map(Math.abs)))
      close(found.scaled.width, mean(widths.map((width, i) => width / values[i].scale)))
      const ratios = errors.map((error, i) => Math.abs(error) / values[i].naiveError)
      close(found.mase, mean(ratios))
      const parts = values.map(({ actual, forecast }, i) =>
        errors[i] === 0 ? 0 : (200 * Math.abs(errors[i])) / (Math.abs(actual) + Math.abs(forecast)),
      )
      close(found.smape, mean(parts))
      close(
        found.coverage,
        mean(values.map(({ actual, lower, upper }) => +(actual >= lower && actual <= upper))),
      )
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('two zeros differ by 0 %, and a zero from anything by 200 %', () => {
  const value = { scale: 1, naiveError: 1 }
  expect(measured([{ ...value, actual: 0, forecast: 0 }]).smape).toBe(0)
  expect(measured([{ ...value, actual: 0, forecast: -3 }]).smape).toBe(200)
})

test('series that never change in training do not count in MASE', () => {
  const value = { actual: 1, forecast: 3, scale: 1 }
  const values = [0, Number.NaN, 4].map((naiveError) => ({ ...value, naiveError }))
  expect(measured(values).mase).toBe(0.5)
  expect(measured(values.slice(0, 2)).mase).toBeNaN()
})

test('without intervals there is neither coverage nor width', () => {
  const found = measured([{ actual: 1, forecast: 3, scale: 1, naiveError: 1 }])
  expect(found).toEqual({
    values: 1,
    raw: { mse: 4, mae: 2 },
    scaled: { mse: 4, mae: 2 },
    smape: 100,
    mase: 2,
  })
})
