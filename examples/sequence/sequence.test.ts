import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('sequence.js', import.meta.url))

/** The numbers of all lines with a name. */
const linesOf = (printed: string, name: string) =>
  [...printed.matchAll(new RegExp(`^  ${name} +(.*)$`, 'gm'))].map(([, values]) =>
    values.split(' ').map(Number),
  )

test('each head learns the sequence, and the published values stand beside ours', () => {
  const printed = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })
  const [wanted, ours, published] = ['wanted', 'ours', 'published'].map((name) => linesOf(printed, name))
  expect(ours.map(({ length }) => length)).toEqual([9, 8, 9, 8])
  expect(wanted[1]).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
  expect(published[0].slice(0, 3)).toEqual([0.106, 0.202, 0.3])
  const largest = ours.map((values, i) =>
    Math.max(...values.map((value, k) => Math.abs(value - wanted[i][k]))),
  )
  expect(Math.max(...largest)).toBeLessThan(0.05) // 0.02 apart from the first value predicted, which is the hardest
  expect(Math.max(largest[0], largest[2])).toBeLessThan(0.02)
})
