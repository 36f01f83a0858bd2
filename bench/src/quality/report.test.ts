import { expect, test } from 'vitest'
import { measureOf } from '../family/results.js'
import { aimTable, qualityReport } from './report.js'

test('what misses its aim is marked', () => {
  const lines = aimTable([
    { what: 'score', value: 61, atLeast: 60 },
    { what: 'area', value: 0.98, atLeast: 0.986 },
  ]).split('\n')
  expect(lines[2]).toMatch(/^\| score +\| +61 \| +60 \|$/)
  expect(lines[3]).toMatch(/^\| area +\| MISSES 0.98 \| +0.986 \|$/)
})

test('a set says what machine it was, how it was done, and what it gave', () => {
  const text = qualityReport({
    nab: {
      machine: { cpu: 'A CPU', cores: 2, node: '20.0.0', onnxruntime: '1.0.0', date: '2000-01-01' },
      seeds: 2,
      seconds: 12.3,
      protocol: 'How it was done.',
      tables: [
        {
          title: 'score',
          shows: 'mean and deviation',
          lines: [{ name: 'dense', cells: { whole: measureOf([61, 63]) } }],
        },
      ],
      aims: [],
    },
  })
  expect(text).toContain(
    '## nab\n\nA CPU, 2 cores, Node 20.0.0, ONNX Runtime 1.0.0, 2000-01-01, 2 seeds, 12 s',
  )
  expect(text).toContain('How it was done.')
  expect(text).toMatch(/\| dense +\| 62 ± 1.4 \|/)
})
