import { expect, test } from 'vitest'
import { familyTable } from '../family/report.js'
import type { ForecastFigures } from './forecast-seed.js'
import { type VariantName, variantNames } from './names.js'
import { differencesOf, differenceTable, errorTable, type Judged } from './tables.js'

const extremes = Array.from({ length: 30 }, (_, i) => 10 * i)

/** Two seeds, each with one error, but for extreme days, whose is ten times as large. */
const judgedOf = (errors: Record<VariantName, [number, number]>): Judged =>
  Object.fromEntries(
    variantNames.map((name) => [
      name,
      errors[name].map(
        (error): ForecastFigures => ({
          weights: 10,
          validation: error + 1,
          test: { mse: error, mae: error / 2, smape: 20, coverage: 0.9, width: 3 },
          squares: Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? 10 : 1) * error),
        }),
      ),
    ]),
  ) as Judged

const judged = judgedOf({ none: [2, 4], trained: [1, 3], random: [2, 3], wide: [2, 4] })

test('errors have mean and deviation, those of extreme days their own', () => {
  const lines = familyTable(
    errorTable('power', judged, extremes, [{ name: 'persistence', cells: { MSE: 9 } }]),
  )
  const [head, , none, features] = lines.split('\n')
  expect(head).toMatch(/^\| power .* weights \|$/)
  expect(none).toMatch(
    /^\| without features +\| +3 ± 1.4 \| +1.5 ± 0.71 \| +30 ± 14 \| +4 ± 1.4 \| +20 ± 0 \| +90 ± 0 \|/,
  )
  expect(features).toMatch(/^\| with features +\| +2 ± 1.4 \|/)
  expect(lines).toMatch(/\| persistence +\| +9 \| +– \|/)
})

test('differences are paired, with the relative change', () => {
  const all = differencesOf(judged)
  expect(all[0].percent).toBeCloseTo(-100 / 3, 12)
  const [, , features] = familyTable(differenceTable('power', all, differencesOf(judged, extremes))).split(
    '\n',
  )
  expect(features).toMatch(/^\| with features − without features +\| +-1.9 \| .* \| -33.3 \| +-10 \|/)
})
