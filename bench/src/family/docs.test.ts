import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../paths.js'
import { FAMILY_ROWS } from './names.js'
import { checkTable, familyTable } from './report.js'
import { readFamily } from './results.js'

const page = readFileSync(join(root, 'docs/networks.md'), 'utf8')
const results = readFamily()

test.each(FAMILY_ROWS)('docs/networks.md shows what was measured last: %s', (row) => {
  const { tables, checks, quick } = results[row]
  expect(quick).toBe(false)
  for (const table of tables) expect(page).toContain(familyTable(table))
  if (row === 'denoising') expect(page).toContain(checkTable(checks)[0])
})

test('its pictures are those of its code', () => {
  const check = () =>
    execFileSync(process.execPath, [join(root, 'scripts/pictures.js'), '--check'], { encoding: 'utf8' })
  expect(check()).toBe('')
})
