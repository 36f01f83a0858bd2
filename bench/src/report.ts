import type { Compiling, EpochResult, Machine, RowResult, TrainResults } from './results.js'
import { ROWS, WASM_FLOOR } from './rows.js'
import { SYSTEMS } from './systems.js'
import { digits, table } from './table.js'

const COMPILING = { ms: 200, nodes: 1000 }
const EPOCH = { megabytes: 400, ratio: 1.1 }

/** All that a run has shown, as Markdown; what misses its floor is marked so. */
export function report({ machine, quick, rows, compiling, epoch }: TrainResults): string {
  const parts = [machineLine(machine, quick)]
  if (rows.length > 0) parts.push(times(rows), ratios(rows), ...notes(rows))
  if (compiling.length > 0) parts.push(compilings(compiling))
  if (epoch) parts.push(epochLine(epoch))
  return parts.join('\n\n')
}

export const machineLine = ({ cpu, cores, node, onnxruntime, date }: Machine, quick: boolean): string =>
  `${cpu}, ${cores} cores, Node ${node}, ONNX Runtime ${onnxruntime}, ${date}${quick ? ', a quick run' : ''}`

function times(rows: readonly RowResult[]): string {
  const head = ['ms for a training step', ...SYSTEMS, 'GFLOP/s', 'MatMul']
  return table(
    head,
    rows.map(({ name, ms, gflops }) => [
      name,
      ...SYSTEMS.map((system) => digits(ms[system])),
      digits(gflops.tempocode),
      digits(gflops.matmul),
    ]),
  )
}

function ratios(rows: readonly RowResult[]): string {
  const head = [
    'times as long as ours',
    'pytorch ÷ cpu',
    'floor, aim',
    'tfjs-wasm ÷ cpu',
    'floor',
    'tfjs-wasm ÷ wasm',
    'floor',
  ]
  return table(
    head,
    rows.map(({ name, ratios }) => {
      const row = ROWS.find((row) => row.name === name)
      const floor = row?.pytorch.floor
      return [
        name,
        atLeast(ratios['pytorch/tempocode-cpu'], floor),
        row ? `${row.pytorch.floor}, ${row.pytorch.aim}` : '–',
        atLeast(ratios['tfjs-wasm/tempocode-cpu'], row?.tfjsWasm),
        digits(row?.tfjsWasm),
        atLeast(ratios['tfjs-wasm/tempocode-wasm'], WASM_FLOOR),
        String(WASM_FLOOR),
      ]
    }),
  )
}

function notes(rows: readonly RowResult[]): string[] {
  const lines = rows.flatMap(({ name, notes }) => notes.map((note) => `- ${name}: ${note}`))
  return lines.length > 0 ? [lines.join('\n')] : []
}

function compilings(rows: readonly Compiling[]): string {
  return table(
    ['compiling a training graph', 'make, ms', 'load, ms', 'first time, ms', 'at most', 'nodes', 'at most'],
    rows.map(({ name, ms, nodes }) => [
      name,
      digits(ms.lower),
      digits(ms.load),
      atMost(ms.first, COMPILING.ms),
      String(COMPILING.ms),
      atMost(nodes, COMPILING.nodes),
      String(COMPILING.nodes),
    ]),
  )
}

function epochLine({ rows, steps, seconds, megabytes, stepMs, ratio }: EpochResult): string {
  return table(
    ['one epoch', 'steps', 's', 'ms for a step alone', '÷ its steps', 'at most', 'MB', 'at most'],
    [
      [
        `${rows} rows × 8 columns`,
        String(steps),
        digits(seconds),
        digits(stepMs),
        atMost(ratio, EPOCH.ratio),
        String(EPOCH.ratio),
        atMost(megabytes, EPOCH.megabytes),
        String(EPOCH.megabytes),
      ],
    ],
  )
}

const mark = (value: number, misses: boolean) => (misses ? `MISSES ${digits(value)}` : digits(value))

export const atLeast = (value: number | undefined, floor: number | undefined) =>
  value === undefined ? '–' : mark(value, floor !== undefined && value < floor)

export const atMost = (value: number, limit: number) => mark(value, value > limit)
