import { version } from '@tempocode/core'
import { Graph } from '../graph/graph.js'
import { expand } from '../graph/ops.js'
import { encodeModel } from '../onnx/encode.js'
import type { TrainingFile } from './training.js'

/**
 * What a training starts from, as an ONNX file that takes nothing: it gives `step`, the model's weights as they are and
 * the optimizer's slots, all zeros, each under the name by which the training file takes it. (A training file cannot
 * hold them itself: bindings of ONNX Runtime do not let inputs be fed that have a default.)
 */
export function toStateOnnx({ state, parameters }: Pick<TrainingFile, 'state' | 'parameters'>): Uint8Array {
  const graph = new Graph('training_state')
  graph.output(graph.constant([0], []), 'step')
  const zero = graph.scalar(0)
  state.forEach(({ name, shape }, i) => {
    const values = parameters[i]?.read()
    graph.output(values ? graph.constant(values, shape) : expand(zero, shape), name)
  })
  return encodeModel(graph, { version, metadata: {} })
}
