import { expect, test } from 'vitest'
import { forecastReport } from './report.js'

test('the report says what machine it was, how it was done, what came, and what misses', () => {
  const text = forecastReport({
    machine: { cpu: 'A CPU', cores: 2, node: '20.0.0', onnxruntime: '1.0.0', date: '2000-01-01' },
    seeds: 2,
    seconds: 12.3,
    protocol: 'How it was done.',
    tables: [
      {
        title: 'power',
        shows: 'mean and deviation',
        lines: [{ name: 'persistence', cells: { MSE: 0.5 } }],
      },
    ],
    checks: [
      { what: 'MSE', value: 0.4, atMost: 0.5 },
      { what: 'MSE, the aim', value: 0.4, atMost: 0.3 },
    ],
  })
  expect(text).toContain(
    'A CPU, 2 cores, Node 20.0.0, ONNX Runtime 1.0.0, 2000-01-01, 2 seeds, 12 s\n\nHow it was done.',
  )
  expect(text).toMatch(/\| persistence \| +0.5 \|/)
  expect(text).toMatch(/\| MSE +\| +0.4 \| +0.5 \|\n\| MSE, the aim +\| MISSES 0.4 \| +0.3 \|$/)
})
