import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('pretraining.js', import.meta.url))

test('where labels are few, classifiers are better that start from an autoencoder', () => {
  const printed = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })
  const lines = [...printed.matchAll(/random weights ([\d.]+), from the autoencoder ([\d.]+)$/gm)]
  const better = lines.map(([, random, learnt]) => Number(learnt) - Number(random))
  expect(better.length).toBe(3)
  expect(better.reduce((sum, difference) => sum + difference, 0) / 3).toBeGreaterThan(0.05)
})
