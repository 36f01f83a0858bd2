import type { ConditionalDecoder } from '@tempocode/models'
import type { Value } from '../graph/graph.js'
import { add, concat, expand, gemm, matMul, mul, slice, transpose, unsqueeze } from '../graph/ops.js'
import { activationOf } from './activation-of.js'
import type { Lowering } from './lowering.js'
import { lstmCell } from './lstm-cell.js'
import { recurrentOperator } from './recurrent-operator.js'
import { gates, parametersOf, stored, transposed } from './weights.js'

/**
 * An LSTM that is fed its own last output y = D h + e: W y + R h + b = (R + W D) h + (b + W e). So it is an LSTM without
 * an input whose R and b are these, and a Dense after it.
 */
export function conditionalDecoder(layer: ConditionalDecoder): Lowering {
  const { units, steps } = layer.getConfig() as { units: number; steps: number }
  const options = {
    units,
    activation: activationOf(layer, 'activation', ['tanh', 'relu', 'sigmoid']),
    recurrentActivation: activationOf(layer, 'recurrentActivation', ['sigmoid', 'hardSigmoid']),
  }
  const parameters = parametersOf(layer, (shape, name) =>
    (name.startsWith('dense_') ? transposed : gates)(shape),
  )
  const fed = (w: Value, r: Value, b: Value, d: Value, e: Value) => [add(r, gemm(w, d)), add(b, gemm(w, e))]

  return {
    parameters,

    inference([{ value: h }, { value: c }], batch) {
      const { graph } = h
      const [w, r, b, d, e] = parameters.map((parameter) => stored(graph, parameter))
      const [rFed, bFed] = fed(w, r, b, d, e)
      const none = graph.constant(new Float32Array(4 * units), [4 * units, 1])
      const biases = transpose(concat([bFed, none], 0), [1, 0])
      const nothing = expand(unsqueeze(mul(slice(h, 1, 0, 1), 0), 0), [steps, h.shape[0], 1])
      const { all } = recurrentOperator(
        { type: 'LSTM', options, attributes: {}, weights: [unsqueeze(none, 0), unsqueeze(rFed, 0), biases] },
        { value: nothing },
        { backwards: false, initial: [h, c] },
        batch,
      )
      return [{ value: add(matMul(all, transpose(d, [1, 0])), transpose(e, [1, 0])) }]
    },

    training([{ value: h }, { value: c }], [w, r, b, d, e], batch) {
      const [rFed, bFed] = fed(w, r, b, d, e)
      const none = h.graph.constant(new Float32Array(4 * units), [4 * units, 1])
      const { all } = lstmCell(
        { value: batch.zeros(1), repeat: steps },
        { w: none, r: rFed, b: bFed },
        options,
        { backwards: false, sequence: true, initial: [h, c] },
        batch,
      )
      return [{ value: add(matMul(d, all as Value), e) }]
    },
  }
}
