import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lstmAutoencoder } from '@tempocode/models'
import { fit, seriesOf } from '@tempocode/trainer'
import { saveRun, useFastTfjs } from '@tempocode/trainer/node'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('fine-tune.js', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'tempocode-fine-tune-'))
const out = join(directory, 'out')
afterAll(() => rmSync(directory, { recursive: true }))

/** Two waves; at another pace they are something new to learn. */
const waves = (pace: number) =>
  Array.from({ length: 400 }, (_, t) => [10 * Math.sin(t * pace), 100 + Math.cos(t * pace * 0.7)])

beforeAll(async () => {
  await useFastTfjs()
  const model = lstmAutoencoder({ window: 12, columns: 2, units: [16, 8] })
  const run = await fit(model, seriesOf(waves(0.2), { columns: ['flow', 'pressure'] }), {
    epochs: 20,
    learningRate: 0.01,
  })
  await saveRun(run, out)
})

test('training goes on with the weights that were kept, and learns the new rows', () => {
  const lines = waves(0.3).map(([flow, pressure], t) => `${t},${pressure},${flow}`)
  const file = join(directory, 'new-rows.csv')
  writeFileSync(file, `${['row,pressure,flow', ...lines].join('\n')}\n`)
  const printed = execFileSync(process.execPath, [SCRIPT, out, file], { encoding: 'utf8' })
  const losses = [...printed.matchAll(/^epoch \d {2}loss ([\d.]+)$/gm)].map(([, loss]) => Number(loss))
  expect(losses.length).toBe(5)
  expect(losses[4]).toBeLessThan(0.6 * losses[0])
  expect(printed).toMatch(
    /^60 steps; weights: encoder_1\/kernel, encoder_1\/recurrent_kernel, encoder_1\/bias, /m,
  )
})

test('on the rows that were learnt already, it starts low', () => {
  const file = join(directory, 'old-rows.csv')
  writeFileSync(file, `${['flow,pressure', ...waves(0.2).map((row) => row.join(','))].join('\n')}\n`)
  const printed = execFileSync(process.execPath, [SCRIPT, out, file], { encoding: 'utf8' })
  expect(Number(/^epoch 1 {2}loss ([\d.]+)$/m.exec(printed)![1])).toBeLessThan(0.1)
})
