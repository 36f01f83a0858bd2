import type { Crop } from '@tempocode/models'
import type { Value } from '../graph/graph.js'
import { concat, expand, slice, unsqueeze } from '../graph/ops.js'
import { fixed } from '../graph/shapes.js'
import { everyStep, type Lowering, refusePadding, type TrainingContext } from './lowering.js'

/** Some rows and columns of a sequence. */
export function crop(layer: Crop): Lowering {
  return {
    parameters: [],
    inference([{ value, masked }]) {
      refusePadding(layer, [{ value, masked }], 'cropped')
      return [{ value: cropped(layer, value, 2) }]
    },
    training([x], _, batch) {
      refusePadding(layer, [x], 'cropped')
      const value = everyStep(x)
      const [result] = value.graph.block(
        [value],
        () => [cropped(layer, value, 1)],
        ([dy]) => [dy && uncropped(layer, dy, value, batch)],
      )
      return [{ value: result }]
    },
  }
}

/** @param columnAxis of `x`, whose first axis is time */
function cropped(layer: Crop, x: Value, columnAxis: 1 | 2): Value {
  const [time, n] = [fixed(x.shape[0]), fixed(x.shape[columnAxis])]
  const { rows, columns } = layer.spans(time, n)
  const some = rows[1] - rows[0] < time ? slice(x, 0, ...rows) : x
  return columns[1] - columns[0] < n ? slice(some, columnAxis, ...columns) : some
}

/** Of what was cut out the gradient, with zeros where the rest of x is. */
function uncropped(layer: Crop, dy: Value, { shape: [time, n] }: Value, { zeros }: TrainingContext): Value {
  const { rows, columns } = layer.spans(fixed(time), fixed(n))
  const among = (x: Value, axis: number, [from, to]: readonly number[], length: number) => {
    const none = (count: number) => expand(unsqueeze(zeros(1), 0), x.shape.with(axis, count))
    const before = from > 0 ? [none(from)] : []
    const after = to < length ? [none(length - to)] : []
    return before.length + after.length > 0 ? concat([...before, x, ...after], axis) : x
  }
  return among(among(dy, 0, rows, fixed(time)), 1, columns, fixed(n))
}
