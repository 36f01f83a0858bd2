import { runScript } from './child.js'
import type { EpochRun } from './epoch.js'
import { gflops, stepFlops } from './flops.js'
import type { Compiling, EpochResult, RowResult } from './results.js'
import { FULL, type Plan, timeRow, UNQUIET } from './rounds.js'
import { EPOCH_ROW, ROWS, type Row } from './rows.js'
import { median, ratio } from './statistics.js'
import type { System } from './system.js'
import { MATMUL, startSystems, tempocodeOnCpu } from './systems.js'

const MATMUL_FLOPS = 2 * 2048 ** 3
const LONG = { ...EPOCH_ROW, window: 5000, name: 'T5000-C8-64' }

/** Times the rows on all systems, one row after the other. */
export async function timeRows(rows: readonly Row[], plan: Plan): Promise<RowResult[]> {
  const { systems, missing } = await startSystems()
  for (const [name, reason] of Object.entries(missing)) console.error(`${name}: ${reason}`)
  const results: RowResult[] = []
  for (const row of rows) {
    console.error(`${row.name}…`)
    const { ms, notes } = await timeRow(row, systems.filter(takesPart(row, plan)), plan)
    const { [MATMUL]: matmul, ...bySystem } = ms
    results.push({
      name: row.name,
      ms: bySystem,
      gflops: {
        tempocode: gflops(stepFlops(row), ms['tempocode-cpu']),
        matmul: gflops(MATMUL_FLOPS, matmul),
      },
      ratios: {
        'pytorch/tempocode-cpu': ratio(ms.pytorch, ms['tempocode-cpu']),
        'tfjs-wasm/tempocode-cpu': ratio(ms['tfjs-wasm'], ms['tempocode-cpu']),
        'tfjs-wasm/tempocode-wasm': ratio(ms['tfjs-wasm'], ms['tempocode-wasm']),
      },
      notes: [...notes, ...Object.entries(missing).map(([name, reason]) => `${name}: ${reason}`)],
    })
  }
  for (const system of systems) system.end()
  noteBusyRows(results)
  return results
}

/** A row all of whose rounds fell on a busy machine shows only beside the others. */
export function noteBusyRows(results: readonly RowResult[]): void {
  const best = Math.max(...results.map(({ gflops }) => gflops.matmul))
  for (const { gflops, notes } of results) {
    if (UNQUIET * gflops.matmul > best) continue
    notes.push(
      `the machine was busy: ${MATMUL} had ${gflops.matmul.toFixed(0)} GFLOP/s, ${best.toFixed(0)} in another row`,
    )
  }
}

/** tfjs-wasm takes a minute or more for a step of the largest networks: a short run leaves it out there. */
const takesPart = (row: Row, plan: Plan) => (system: System) =>
  system.name !== 'tfjs-wasm' || row.tfjsWasm !== undefined || plan === FULL

/** Compiles the training graphs of all networks, and of one with a window of 5,000 rows. */
export async function compileAll(): Promise<Compiling[]> {
  const results: Compiling[] = []
  for (const row of [...ROWS, LONG]) results.push(await runScript<Compiling>('compiling', row))
  return results
}

/** Trains one epoch over a long series, and times a step of the same network alone before and after. */
export async function timeEpoch(rows: number, { seconds, rounds }: Plan): Promise<EpochResult> {
  const engine = tempocodeOnCpu()
  const stepTime = async () => {
    const { ms } = await engine.time({ row: EPOCH_ROW, seconds: rounds * seconds })
    return median(ms)
  }
  await stepTime() // to warm up
  const before = await stepTime()
  const epoch = await runScript<EpochRun>('epoch', { rows })
  const stepMs = (before + (await stepTime())) / 2
  engine.end()
  return { rows, ...epoch, stepMs, ratio: (1000 * epoch.seconds) / (epoch.steps * stepMs) }
}
