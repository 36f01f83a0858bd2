import { expect, test } from 'vitest'
import { runReport } from './report.js'
import type { EncodeResult, RunResults, Wrapped } from './results.js'

const machine = { cpu: 'A CPU', cores: 2, node: '20.0.0', onnxruntime: '1.0.0', date: '2000-01-01' }
const results = (part: Partial<RunResults>) =>
  runReport({ machine, quick: false, wrapper: [], models: [], ...part })

test('what the wrapper adds is held to a part of the session’s time, or to microseconds', () => {
  const wrapped: Wrapped[] = [
    { name: 'many', session: 1000, ours: 1031, more: 31, limit: { part: 0.03 } },
    { name: 'one', session: 50, ours: 54, more: 4, limit: { microseconds: 4 } },
  ]
  const text = results({ wrapper: wrapped })
  expect(text).toMatch(/\| many +\| +1000 \| +1031 \| +MISSES 31 \| +30 \(3 %\) \|/)
  expect(text).toMatch(/\| one +\| +50 \| +54 \| +4 \| +4 \|/)
})

test('calls are shown as milliseconds and as windows per second, a dash for what is missing', () => {
  const ms = { 'tempocode-cpu': 2, keras: 8 }
  const text = results({ models: [{ name: 'B64', batch: 64, ms, notes: ['pytorch: failed'] }] })
  expect(text).toMatch(/\| B64 +\| +2 \| +– \| +– \| +– \| +8 \|/)
  expect(text).toMatch(/\| B64 +\| +32000 \| +– \| +– \| +– \| +8000 \|/)
  expect(text).toContain('- B64: pytorch: failed')
})

test('encoding a file is held to its memory, and to the share of ONNX Runtime', () => {
  const encode: EncodeResult = {
    rows: 1000,
    columns: 8,
    window: 48,
    units: 32,
    windows: 953,
    seconds: 10,
    sessionSeconds: 8.9,
    megabytes: 401,
    cores: 1.9,
  }
  expect(results({ encode })).toMatch(
    /\| +10 \| +95.3 \| +MISSES 0.89 \| +0.9 \| +MISSES 401 \| +400 \| +1.9 \|/,
  )
})
