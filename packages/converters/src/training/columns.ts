import type { Value } from '../graph/graph.js'
import { concat, reshape, split } from '../graph/ops.js'
import { fixed } from '../graph/shapes.js'
import type { Update, Updated } from './optimizers.js'

/**
 * Updates parameters one by one, but all columns [n, 1] (biases, and kernels of one input) together, as one row. For what
 * a column and a number make, ONNX Runtime takes thirty times as long as for a row and a number.
 */
export function updateAll(parameters: readonly Update[], update: (one: Update) => Updated): Updated[] {
  const columns = parameters.filter(({ w: { shape } }) => shape.length === 2 && shape[1] === 1)
  if (columns.length === 0) return parameters.map(update)
  const lengths = columns.map(({ w }) => fixed(w.shape[0]))
  const rowOf = (values: readonly Value[]) => reshape(concat(values, 0), [1, lengths.reduce((a, b) => a + b)])
  const columnsOf = (row: Value) => split(reshape(row, [row.shape[1], 1]), lengths, 0)
  const row = update({
    w: rowOf(columns.map(({ w }) => w)),
    gradient: rowOf(columns.map(({ gradient }) => gradient)),
    scale: columns[0].scale,
    slots: columns[0].slots.map((_, k) => rowOf(columns.map(({ slots }) => slots[k]))),
  })
  const w = columnsOf(row.w)
  const slots = row.slots.map(columnsOf)
  const updated = new Map(
    columns.map((column, i) => [column, { w: w[i], slots: slots.map((slot) => slot[i]) }]),
  )
  return parameters.map((one) => updated.get(one) ?? update(one))
}
