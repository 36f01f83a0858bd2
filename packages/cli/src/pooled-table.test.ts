import type { KeyValues } from '@tempocode/trainer/node'
import { expect, test } from 'vitest'
import { pooledNames, pooledTable } from './pooled-table.js'

function written() {
  const rows: unknown[] = []
  const table = {
    append: async (keys: readonly KeyValues[], values: Float32Array) => {
      rows.push([...keys.map((column) => column[0]), ...values])
    },
    close: async () => {
      rows.push('closed')
    },
    abort: async () => {},
  }
  return { rows, table }
}

test('a group has one row, however its windows come', async () => {
  const { rows, table } = written()
  const pooled = pooledTable(table, { features: 1, pools: ['last', 'max'], grouped: true })
  await pooled.append([['a', 'a'], Int32Array.of(5, 6)], Float32Array.of(9, 1))
  await pooled.append([['a', 'b', 'c'], Int32Array.of(8, 5, 5)], Float32Array.of(2, 3, 4))
  await pooled.append([['c'], Int32Array.of(6)], Float32Array.of(1))
  await pooled.close()
  expect(rows).toEqual([['a', 8, 2, 9], ['b', 5, 3, 3], ['c', 6, 1, 4], 'closed'])
})

test('without groups all windows are of one series', async () => {
  const { rows, table } = written()
  const pooled = pooledTable(table, { features: 2, pools: ['mean'], grouped: false })
  await pooled.append([BigInt64Array.of(5n, 6n)], Float32Array.of(1, 10, 3, 20))
  await pooled.append([BigInt64Array.of(7n)], Float32Array.of(5, 30))
  await pooled.close()
  expect(rows).toEqual([[7n, 3, 20], 'closed'])
  expect(pooledNames(['last', 'mean'], ['f0', 'f1'])).toEqual(['last_f0', 'last_f1', 'mean_f0', 'mean_f1'])
})
