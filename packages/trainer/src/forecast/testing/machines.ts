import { Random } from '@tempocode/core'
import type { Series } from '../../series.js'

const HOUR = 3_600_000_000n // microseconds
const START = 1_700_006_400_000_000n // 2023-11-15 0:00 UTC

/**
 * Two machines of very different size, hour by hour: a load that follows the day and a plan, and a temperature that
 * follows the load. The plan is a random one of blocks of hours, so that neither the last value nor yesterday's tells
 * what comes.
 */
export function machines(rows: number, seed = 0): Series {
  const random = new Random(seed, 'machines')
  const names = ['small', 'large']
  const values = names.flatMap((_, group) => {
    const size = 100 ** group
    let plan = 0
    return Array.from({ length: rows }, (_, t) => {
      if (random.uniform() < 0.2) plan = 1 - plan
      const load = Math.sin((2 * Math.PI * t) / 24) + 1.5 * plan + 0.1 * random.normal()
      return [size * (3 + load), plan, 20 + load + 0.2 * random.normal()]
    })
  })
  return {
    columns: ['load', 'plan', 'temperature'],
    rows: names.length * rows,
    values: Float32Array.from(values.flat()),
    time: {
      name: 'time',
      kind: 'timestamp',
      values: BigInt64Array.from(
        names.flatMap(() => Array.from({ length: rows }, (_, t) => START + HOUR * BigInt(t))),
      ),
    },
    groupBy: 'machine',
    segments: names.map((name, i) => ({ start: i * rows, end: (i + 1) * rows, name })),
  }
}
