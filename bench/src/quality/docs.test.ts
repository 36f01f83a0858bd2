import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { familyTable } from '../family/report.js'
import { root } from '../paths.js'
import { QUALITY_SETS } from './names.js'
import { SEEDS } from './quality.js'
import { aimTable } from './report.js'
import { readQuality } from './results.js'

const page = readFileSync(join(root, 'docs/quality.md'), 'utf8')
const results = readQuality()

test.each(QUALITY_SETS.filter((set) => results[set]))(
  'docs/quality.md shows what was measured last: %s',
  (set) => {
    const { tables, aims, seeds } = results[set]!
    expect(seeds).toBeGreaterThanOrEqual(SEEDS)
    for (const table of tables) expect(page).toContain(familyTable(table))
    expect(page).toContain(aimTable(aims))
  },
)
