import type { ColumnDense } from '@tempocode/models'
import type { Value } from '../graph/graph.js'
import { add, matMul, reduceSum, transpose, unsqueeze } from '../graph/ops.js'
import { everyStep, type Lowering, refusePadding } from './lowering.js'
import { type Layout, parametersOf, stored } from './weights.js'

/**
 * Of each column a linear view of its own: with the column as a leading axis, products of matrices.
 *
 *     Y = K X + b     dK = dY Xᵀ     dX = Kᵀ dY     db = Σ dY over the batch
 */
export function columnDense(layer: ColumnDense): Lowering {
  const parameters = parametersOf(layer, (shape, name) => (name === 'kernel' ? byColumn(shape) : row(shape)))
  return {
    parameters,

    inference([x]) {
      refusePadding(layer, [x], 'seen as a whole')
      const [k, b] = parameters.map((parameter) => stored(x.value.graph, parameter))
      const product = matMul(transpose(x.value, [2, 1, 0]), swap(k)) // [n, batch, units]
      return [{ value: transpose(add(product, b), [2, 1, 0]) }]
    },

    training([signal], [k, b]) {
      refusePadding(layer, [signal], 'seen as a whole')
      const x = everyStep(signal)
      const own = (value: Value) => transpose(value, [1, 0, 2]) // [time, n, batch] as [n, time, batch], and back
      const [y] = x.graph.block(
        [x, k, b],
        () => [own(add(matMul(k, own(x)), swap(b)))],
        ([dy], [wantsX]) => {
          if (!dy) return []
          const dz = own(dy)
          const dx = wantsX ? own(matMul(swap(k), dz)) : undefined
          return [dx, matMul(dz, swap(own(x))), unsqueeze(reduceSum(dz, [2]), 1)]
        },
      )
      return [{ value: y }]
    },
  }
}

const swap = (matrices: Value) => transpose(matrices, [0, 2, 1])

/** A kernel [n, time, units] as [n, units, time]. */
function byColumn([n, time, units]: number[]): Layout {
  return {
    shape: [n, units, time],
    fromLayer: (values) => turned(values, time, units),
    toLayer: (values) => turned(values, units, time),
  }
}

/** A bias [n, units] as [n, 1, units]. */
const row = ([n, units]: number[]): Layout => ({
  shape: [n, 1, units],
  fromLayer: (values) => values.slice(),
  toLayer: (values) => values.slice(),
})

/** Matrices [rows, columns], one after the other, each turned round. */
function turned(values: Float32Array, rows: number, columns: number): Float32Array {
  const size = rows * columns
  return values.map((_, at) => {
    const within = at % size
    return values[at - within + (within % rows) * columns + Math.floor(within / rows)]
  })
}
