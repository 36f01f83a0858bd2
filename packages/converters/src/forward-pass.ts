import { isMasked } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from './graph/graph.js'
import {
  add,
  cumulativeSum,
  expand,
  less,
  reduceSum,
  slice,
  sub,
  toFloat,
  transpose,
  unsqueeze,
} from './graph/ops.js'
import { Lowerings } from './layers/index.js'
import { everyStep, type Signal, type TrainingContext } from './layers/lowering.js'
import { stored } from './layers/weights.js'
import { walk } from './network.js'

/**
 * How recurrent layers are written:
 * - `operators`: as ONNX's own LSTM and GRU, which is fastest
 * - `plain`: in loops of products and activations, the forward pass of the training graph, for devices whose LSTM and GRU
 *   do not have a layer's activations
 */
export type Form = 'operators' | 'plain'

/**
 * A network's forward pass.
 * @param x [batch, time, n] or [batch, n], as the network sees it
 * @param lengths [batch] int32, where the model has masking
 * @returns its outputs, the batch first
 */
export function forwardPass(model: tf.LayersModel, x: Value, form: Form, lengths?: Value): Value[] {
  const lowerings = new Lowerings()
  if (form === 'operators') {
    const outputs = walk<Signal>(model, { value: timeFirst(x) }, (layer, inputs) =>
      lowerings.of(layer).inference(inputs, { lengths }),
    )
    return outputs.map(({ value }) => timeFirst(value))
  }
  const { graph } = x
  const batch = plainContext(x, isMasked(model) ? lengths : undefined)
  const outputs = walk<Signal>(model, { value: featuresFirst(x) }, (layer, inputs) => {
    const { parameters, training } = lowerings.of(layer)
    const weights = parameters.map((parameter) => stored(graph, parameter))
    return training(inputs, weights, batch)
  })
  return outputs.map((output) => batchFirst(everyStep(output)))
}

const isSequence = ({ shape }: Value) => shape.length === 3

/** [batch, time, n] → [time, batch, n], and back; vectors stay. */
const timeFirst = (x: Value) => (isSequence(x) ? transpose(x, [1, 0, 2]) : x)
const featuresFirst = (x: Value) => transpose(x, isSequence(x) ? [1, 2, 0] : [1, 0])
const batchFirst = (x: Value) => transpose(x, isSequence(x) ? [2, 0, 1] : [1, 0])

function plainContext(x: Value, lengths?: Value): TrainingContext {
  const zeroRow = unsqueeze(noughts(x), 0)
  return {
    training: false,
    zeros: (n) => expand(zeroRow, [n, 'batch']),
    ones: (time) => expand(unsqueeze(add(zeroRow, 1), 0), [time, 1, 'batch']),
    mask: lengths && maskOf(x, lengths),
    dropout() {
      throw new Error('nothing is dropped out in inference')
    },
    penalize() {}, // no loss is computed
  }
}

/** A 0 for each window, [batch], whatever stands in it: nothing is less than itself, NaN neither. */
function noughts(x: Value): Value {
  const axes = x.shape.map((_, axis) => axis).slice(1)
  return reduceSum(toFloat(less(x, x)), axes)
}

function maskOf(x: Value, lengths: Value): TrainingContext['mask'] {
  const step = transpose(stepNumbers(x), [1, 2, 0])
  const length = toFloat(lengths)
  const steps = sub(1, toFloat(less(length, step)))
  return { steps, last: sub(steps, toFloat(less(step, length))) }
}

/** 1, 2, 3, … along time, [batch, time, 1], whatever x is. */
export function stepNumbers(x: Value): Value {
  const first = slice(x, 2, 0, 1)
  return cumulativeSum(add(toFloat(less(first, first)), 1), 1)
}
