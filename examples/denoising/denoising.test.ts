import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('denoising.js', import.meta.url))

test('trained on masked inputs, it fills in missing values at least twice as well', () => {
  const printed = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })
  const [whole, masked] = [...printed.matchAll(/of missing ones ([\d.]+)$/gm)].map(([, error]) =>
    Number(error),
  )
  expect(masked).toBeLessThan(0.5 * whole)
})
