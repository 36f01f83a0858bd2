import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('generating.js', import.meta.url))

test('days that are made up are like real ones', () => {
  const printed = execFileSync(process.execPath, [SCRIPT], { encoding: 'utf8' })
  for (const column of ['temperature', 'pressure', 'wind']) {
    const [, ...numbers] = new RegExp(
      `^${column} .*?([\\d.]+) ± ([\\d.]+).*?([\\d.]+) ± ([\\d.]+)`,
      'm',
    ).exec(printed)!
    const [mean, deviation, madeMean, madeDeviation] = numbers.map(Number)
    expect(Math.abs(madeMean - mean)).toBeLessThan(0.25 * deviation)
    expect(madeDeviation).toBeGreaterThan(0.5 * deviation)
    expect(madeDeviation).toBeLessThan(1.5 * deviation)
  }
  const [, day] = /^a day's temperatures: (.*)$/m.exec(printed)!
  const hours = day.split(' ').map(Number)
  expect(hours.length).toBe(24)
  const steps = hours.slice(1).map((value, i) => Math.abs(value - hours[i]))
  expect(Math.max(...steps)).toBeLessThan(3) // one hour follows from the other
})
