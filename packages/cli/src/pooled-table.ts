import { FeaturePool, type Pool } from '@tempocode/runtime'
import type { KeyValues, TableWriter } from '@tempocode/trainer/node'

/** The columns of a table of pooled features: `last_f0`, …, `mean_f0`, … */
export const pooledNames = (pools: readonly Pool[], features: readonly string[]): string[] =>
  pools.flatMap((pool) => features.map((name) => `${pool}_${name}`))

/**
 * Writes one row for each group in place of one for each window: its features pooled, with the keys of its last window.
 * @param table whose value columns are {@link pooledNames}
 * @param grouped whether the first key is the group; else all windows are of one
 */
export function pooledTable(
  table: TableWriter,
  { features, pools, grouped }: { features: number; pools: readonly Pool[]; grouped: boolean },
): TableWriter {
  let pool = new FeaturePool(features, pools)
  let last: KeyValues[] = []
  const flush = async () => {
    if (pool.windows > 0) await table.append(last, pool.values())
    pool = new FeaturePool(features, pools)
  }
  return {
    ...table,
    async append(keys, values) {
      const rows = values.length / features
      for (let start = 0; start < rows; ) {
        const group = grouped ? keys[0][start] : undefined
        let end = start + 1
        while (end < rows && (!grouped || keys[0][end] === group)) end++
        if (grouped && pool.windows > 0 && last[0][0] !== group) await flush()
        pool.add(values.subarray(start * features, end * features))
        last = keys.map((column) => column.slice(end - 1, end))
        start = end
      }
    },
    async close() {
      await flush()
      await table.close()
    },
  }
}
