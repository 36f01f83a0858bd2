import { expect, test } from 'vitest'
import { report } from './report.js'
import type { RowResult, TrainResults } from './results.js'
import { ROWS } from './rows.js'

const machine = { cpu: 'A CPU', cores: 2, node: '20.0.0', onnxruntime: '1.0.0', date: '2000-01-01' }
const results = (part: Partial<TrainResults>) =>
  report({ machine, quick: false, rows: [], compiling: [], ...part })

const row: RowResult = {
  name: ROWS[1].name,
  ms: { 'tempocode-cpu': 5, pytorch: 6 },
  gflops: { tempocode: 40, matmul: 145 },
  ratios: { 'pytorch/tempocode-cpu': 1.2, 'tfjs-wasm/tempocode-cpu': 25 },
  notes: ['keras: failed'],
}

test('a row shows its times, a dash for each that is missing, and marks what is below its floor', () => {
  const text = results({ rows: [row] })
  expect(text).toMatch(/\| B32-T30-C8-64 +\| +5 \| +– \| +6 \| +– \| +– \| +– \| +40 \| +145 \|/)
  expect(text).toMatch(/\| +MISSES 1.2 \| +1.3, 2 \| +25 \| +25 \| +– \| +10 \|/)
  expect(text).toContain('- B32-T30-C8-64: keras: failed')
})

test('compiling and the epoch are held to their limits', () => {
  const compiling = { name: 'small', ms: { lower: 10, load: 20, first: 201 }, nodes: 1000 }
  const epoch = { rows: 1e6, steps: 100, seconds: 10, megabytes: 401, stepMs: 95, ratio: 1.05 }
  const text = results({ compiling: [compiling], epoch })
  expect(text).toMatch(/\| small +\| +10 \| +20 \| +MISSES 201 \| +200 \| +1000 \| +1000 \|/)
  expect(text).toMatch(/\| +1.05 \| +1.1 \| +MISSES 401 \| +400 \|/)
})

test('what was not measured has no table', () => {
  expect(results({ quick: true })).toBe(
    'A CPU, 2 cores, Node 20.0.0, ONNX Runtime 1.0.0, 2000-01-01, a quick run',
  )
})
