import { expect, test } from 'vitest'
import { familyReport, familyTable } from './report.js'
import { type FamilyResult, measureOf, type Table } from './results.js'

const tableOf = (shows: Table['shows']): Table => ({
  title: 'network',
  shows,
  lines: [
    { name: 'tied', cells: { weights: 13688, error: measureOf([0.1, 0.2, 0.6]) } },
    { name: 'none', cells: { error: 0.05 } },
  ],
})

test.each([
  ['mean and deviation', '0.3 ± 0.26'],
  ['median', '0.2'],
  ['median and range', '0.2 (0.1 … 0.6)'],
] as const)('a table shows %s', (shows, cell) => {
  expect(familyTable(tableOf(shows)).split('\n')[2]).toBe(`| tied    |   13688 | ${cell.padStart(5)} |`)
})

test('what a line does not have is a dash', () => {
  expect(familyTable(tableOf('median')).split('\n')[3]).toBe('| none    |       – |  0.05 |')
})

const result: FamilyResult = {
  machine: { cpu: 'A CPU', cores: 2, node: '20.0.0', onnxruntime: '1.0.0', date: '2000-01-01' },
  quick: true,
  seconds: 12.3,
  protocol: 'How it was done.',
  tables: [],
  checks: [
    { what: 'small', value: 0.4, atMost: 0.5 },
    { what: 'large', value: 0.6, atMost: 0.5 },
  ],
}

test('a row says what machine it was, how it was done, and what misses its limit', () => {
  const text = familyReport({ tied: result })
  expect(text).toContain(
    '## tied\n\nA CPU, 2 cores, Node 20.0.0, ONNX Runtime 1.0.0, 2000-01-01, a quick run, 12 s',
  )
  expect(text).toContain('How it was done.')
  expect(text).toMatch(/\| small +\| +0.4 \| +0.5 \|\n\| large +\| MISSES 0.6 \| +0.5 \|/)
})
