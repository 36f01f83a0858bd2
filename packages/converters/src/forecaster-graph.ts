import { isMasked } from '@tempocode/models'
import type { ForecasterEncoder } from './forecaster-options.js'
import { type Form, forwardPass, stepNumbers } from './forward-pass.js'
import type { Graph, Value } from './graph/graph.js'
import { concat, div, expand, gather, slice, squeeze, sub, toInt32, unsqueeze } from './graph/ops.js'
import { fixed } from './graph/shapes.js'
import { scaled } from './scaling.js'

/**
 * Numbers of each column as they hold for each window.
 * @param table groups × columns
 * @param group [batch] int32, where there are several groups
 * @returns [columns] or [batch, 1, columns]
 */
export function perGroup(graph: Graph, table: Float32Array, columns: number, group?: Value): Value {
  if (!group) return graph.constant(table, [columns])
  const rows = graph.constant(table, [table.length / columns, columns])
  return unsqueeze(gather(rows, group), 1)
}

/** The last so many rows of [batch, rows, columns]. */
export function lastRows(x: Value, count: number): Value {
  const rows = fixed(x.shape[1])
  return count === rows ? x : slice(x, 1, rows - count, rows)
}

/**
 * The scaled features of each window's last rows, the same in each of so many rows: [batch, rows, features].
 * @param input raw rows [batch, time, columns]
 * @param columns the names of the first columns
 */
export function repeatedFeatures(
  input: Value,
  columns: readonly string[],
  encoder: ForecasterEncoder,
  { rows, form }: { rows: number; form: Form },
): Value {
  const { model, scaler, center, scale } = encoder
  const [, window] = model.inputs[0].shape as number[]
  const positions = encoder.columns.map((name) => columns.indexOf(name))
  const x = scaled(pick(lastRows(input, window), positions), scaler)
  const [code] = forwardPass(model, x, form, isMasked(model) ? wholeLengths(x) : undefined)
  const { graph } = input
  const n = center.length
  const features = div(sub(code, graph.constant(center, [n])), graph.constant(scale, [n]))
  return expand(unsqueeze(features, 1), ['batch', rows, n])
}

/** Columns of [batch, rows, columns] in another order: those that follow each other in one piece. */
function pick(x: Value, positions: readonly number[]): Value {
  const starts = positions.flatMap((column, i) => (i > 0 && column === positions[i - 1] + 1 ? [] : [i]))
  const pieces = starts.map((from, i) => {
    const length = (starts[i + 1] ?? positions.length) - from
    return slice(x, 2, positions[from], positions[from] + length)
  })
  return pieces.length > 1 ? concat(pieces, 2) : pieces[0]
}

/** Of windows of which all rows count: how many these are, [batch] int32. */
function wholeLengths(x: Value): Value {
  const window = fixed(x.shape[1])
  const last = slice(stepNumbers(x), 1, window - 1, window)
  return toInt32(squeeze(squeeze(last, 2), 1))
}
