import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('classifier.js', import.meta.url))

test('a linear classifier tells states by pooled features, and not by pooled columns', () => {
  const printed = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })
  const [features, columns] = ['features', 'columns'].map((name) =>
    Number(new RegExp(`on ${name} +([\\d.]+)$`, 'm').exec(printed)?.[1]),
  )
  expect(features).toBeGreaterThan(0.9)
  expect(columns).toBeLessThan(0.6)
})
