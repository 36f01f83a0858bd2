import type { ActivationName } from '../graph/activations.js'
import type { Attribute, Value } from '../graph/graph.js'
import { concat, mul, slice, sub, unsqueeze } from '../graph/ops.js'
import { fixed } from '../graph/shapes.js'
import type { Parameter, Signal, TrainingContext } from './lowering.js'

/** What differs between LSTM and GRU. */
export interface Cell {
  type: 'LSTM' | 'GRU'
  options: CellOptions
  parameters: readonly Parameter[]
  /** What ONNX's operator takes beside its activations. */
  attributes: Record<string, Attribute>
  training(x: Signal, parameters: readonly Value[], run: CellRun, batch: TrainingContext): CellResult
}

export interface CellOptions {
  units: number
  activation: ActivationName
  recurrentActivation: ActivationName
}

/** How a cell is run over a sequence. */
export interface CellRun {
  /** From the last step to the first. */
  backwards: boolean
  /** Whether h of each step is wanted; else only that of the last one. */
  sequence: boolean
  /** States [units, batch] to start from; zeros where left out. */
  initial?: readonly Value[]
}

export interface CellResult {
  /** h of all steps [time, units, batch], in the order of the steps, where it was wanted. */
  all?: Value
  /** The states [units, batch] after the last step that was read: h, and c of LSTM. */
  states: readonly Value[]
}

/** Of a sequence of states, the state before each step, in the order of reading. */
export function withBefore(initial: Value, states: Value, backwards: boolean): Value {
  const first = unsqueeze(initial, 0)
  if (backwards) return concat([slice(states, 0, 1, fixed(states.shape[0])), first], 0)
  return concat([first, slice(states, 0, 0, -1)], 0)
}

/**
 * The part of the last state's gradient that is added to those of all states before it where no output adds to them. As a
 * gradient goes back over hundreds of steps it fades into denormal numbers, with which CPUs compute several times as
 * slowly. This keeps it out of them, and no weight feels it.
 */
export const FAINT = 1e-20

// Of batches of windows so long, what a layer keeps for gradients outgrows a core's cache. Of shorter ones, and of single
// windows, blocks take longer.
const LONG = 256 // steps
const BLOCK = 1536 // steps × units, so that a block of all that is kept stays in the cache

/** How many steps of a window back-propagation takes at once: all, or a divisor of them. */
export function blockSize(steps: number, units: number): number {
  if (steps < LONG) return steps
  const most = Math.floor(BLOCK / units)
  for (let size = most; 4 * size >= most; size--) if (steps % size === 0) return size
  return steps
}

/** Added to a gate before its sigmoid or hard sigmoid, or taken from it, it leaves nothing but 1 or 0. */
export const PADDING = 1e9

/**
 * What gates get in padded steps so that these change nothing, [time, units of all gates, batch].
 * @param bias of the first `counts[0]` rows; those of the others are 0
 */
export function paddingBias({ mask }: TrainingContext, bias: number, counts: readonly number[]): Value {
  const { steps } = mask as NonNullable<typeof mask>
  const rows = counts.flatMap((count, i) => new Array<number>(count).fill(i === 0 ? bias : 0))
  return mul(sub(1, steps), steps.graph.constant(rows, [rows.length, 1]))
}
