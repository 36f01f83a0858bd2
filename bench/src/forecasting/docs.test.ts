import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkTable, familyTable } from '../family/report.js'
import { root } from '../paths.js'
import { SEEDS } from './forecasting.js'
import { readForecast } from './results.js'

test('docs/forecasting.md shows what was measured last', () => {
  const page = readFileSync(join(root, 'docs/forecasting.md'), 'utf8')
  const { tables, checks, seeds } = readForecast()
  expect(seeds).toBeGreaterThanOrEqual(SEEDS)
  for (const table of tables) expect(page).toContain(familyTable(table))
  expect(page).toContain(checkTable(checks)[0])
})
