import { isMasked, spanOf, type Target } from '@tempocode/models'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { Dimension, ElementType, Graph, Value } from '../graph/graph.js'
import {
  add,
  expand,
  gather,
  less,
  max,
  min,
  mul,
  reduceSum,
  slice,
  sub,
  toFloat,
  transpose,
  unsqueeze,
} from '../graph/ops.js'
import type { Mask } from '../layers/lowering.js'
import { scaled } from '../scaling.js'

/** An input of which each batch has its part. */
export interface BatchInput {
  name: string
  /** For one batch. */
  shape: readonly [batch: Dimension, ...lengths: number[]]
  type?: ElementType
}

/**
 * What training graphs take of each batch:
 * - `starts` [batch] int64, the rows where its windows start
 * - `sample_weights` [batch], each window's part in the loss: 1 / batch where all count the same
 * - `lengths` [batch] int64 where the model has masking: the rows of each sequence; the rest of its window is padding
 *
 * and while training
 * - where inputs are corrupted, `keep` and `fill` [batch, window, columns]: scaled values x become keep ⊙ x + fill
 * - `LAYER/keep` [batch, …] for each layer Dropout, by which its input is multiplied: 0, or 1 / (1 − rate)
 */
export function batchInputs(
  model: tf.LayersModel,
  {
    training,
    corrupted = false,
    singleWindows = false,
  }: { training: boolean; corrupted?: boolean; singleWindows?: boolean },
): BatchInput[] {
  const [, ...window] = model.inputs[0].shape as number[]
  const batch = singleWindows ? 1 : 'batch'
  const inputs: BatchInput[] = [
    { name: 'starts', shape: [batch], type: 'int64' },
    { name: 'sample_weights', shape: [batch] },
  ]
  if (isMasked(model)) inputs.push({ name: 'lengths', shape: [batch], type: 'int64' })
  if (!training) return inputs
  if (corrupted) {
    for (const name of ['keep', 'fill']) inputs.push({ name, shape: [batch, ...window] })
  }
  for (const layer of model.layers) {
    if (layer.getClassName() !== 'Dropout') continue
    const [, ...lengths] = layer.outputShape as number[]
    inputs.push({ name: `${layer.name}/keep`, shape: [batch, ...lengths] })
  }
  return inputs
}

/** The inputs in a graph, behind leading axes such as the number of batches. */
export const inputsOf = (
  graph: Graph,
  inputs: readonly BatchInput[],
  axes: readonly string[] = [],
): Value[] => inputs.map(({ name, shape, type }) => graph.input(name, [...axes, ...shape], type))

/** One batch: its windows, gathered from the series and scaled, and what else is known of it. */
export interface Batch {
  /** What the network sees, [window, columns, batch]. */
  seen: Value
  sampleWeights: Value
  /** Where the model has masking. */
  mask?: Mask
  zeros: (n: number) => Value
  ones: (time: number) => Value
  /** What an output should equal, [steps, columns, batch]. */
  target: (target: Target) => Value
  /** For each step of a target 1, or 0 where it is padding, [steps, 1, batch]; nothing where no step is. */
  counts: (target: Target) => Value | undefined
  /** By the names of layers: what dropout leaves of their inputs, features first. */
  dropout: (layer: string) => Value
}

/**
 * @param series [rows, columns], raw
 * @param values of the inputs, in their order
 */
export function batchOf(
  series: Value,
  inputs: readonly BatchInput[],
  values: readonly Value[],
  { window, targets, scaler }: { window: number; targets: readonly Target[]; scaler: ScalerState },
): Batch {
  const { graph } = series
  const value = new Map(inputs.map(({ name }, i) => [name, values[i]]))
  const featuresFirst = (x: Value) => transpose(x, x.shape.length === 3 ? [1, 2, 0] : [1, 0])
  const given = (name: string) => value.get(name) as Value
  const span = spanOf(window, targets)
  const firstRows = unsqueeze(given('starts'), 0)
  const offsets = unsqueeze(graph.integers(Array.from({ length: span }, (_, t) => t)), 1)
  const lengths = value.has('lengths') ? unsqueeze(given('lengths'), 0) : undefined
  // what stands in the padding does not matter, but it has to be in the series
  const within = lengths ? min(offsets, sub(lengths, graph.integers([1]))) : offsets
  const rows = transpose(scaled(gather(series, add(firstRows, within)), scaler), [0, 2, 1])
  const part = (from: number, count: number) => (count === span ? rows : slice(rows, 0, from, from + count))
  const clean = part(0, window)
  const noisy =
    value.has('keep') && add(mul(clean, featuresFirst(given('keep'))), featuresFirst(given('fill')))
  const zeroRow = mul(toFloat(firstRows), 0)
  const [, size] = zeroRow.shape
  const steps = lengths && unsqueeze(toFloat(less(offsets, lengths)), 1)
  const next = lengths && unsqueeze(toFloat(less(add(offsets, graph.integers([1])), lengths)), 1)
  const stepsFrom = (offset: number, count: number) => steps && slice(steps, 0, offset, offset + count)

  return {
    seen: noisy || clean,
    sampleWeights: given('sample_weights'),
    mask: steps && next && { steps, last: sub(steps, next) },
    zeros: (n) => expand(zeroRow, [n, size]),
    ones: (time) => expand(add(zeroRow, 1), [time, 1, size]),
    target: ({ offset, steps, columns }) => firstColumns(part(offset, steps), columns),
    counts: ({ offset, steps }) => stepsFrom(offset, steps),
    dropout: (layer) => featuresFirst(given(`${layer}/keep`)),
  }
}

const firstColumns = (rows: Value, columns: number) =>
  rows.shape[1] === columns ? rows : slice(rows, 1, 0, columns)

/** How many steps of a window count, [batch], at least one. */
export const countOf = (steps: Value): Value => max(reduceSum(steps, [0, 1]), 1)
