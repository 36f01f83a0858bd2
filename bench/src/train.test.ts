import { expect, test } from 'vitest'
import type { RowResult } from './results.js'
import { noteBusyRows } from './train.js'

test('a row in which the same product of matrices was slower than in another is said to be disturbed', () => {
  const rows = [200, 120, 190].map((matmul): RowResult => {
    return { name: 'a', ms: {}, gflops: { tempocode: 1, matmul }, ratios: {}, notes: [] }
  })
  noteBusyRows(rows)
  expect(rows.map(({ notes }) => notes)).toEqual([
    [],
    ['the machine was busy: matmul had 120 GFLOP/s, 200 in another row'],
    [],
  ])
})
