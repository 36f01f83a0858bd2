import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { callsOf } from './calls.js'
import { shapeOf } from './describe.js'

/**
 * The code of an autoencoder, [batch, features]. The first of these that the model has:
 *
 * 1. what the layer named by `code` gives,
 * 2. what a layer named `code` gives,
 * 3. what goes into RepeatVector,
 * 4. the state that a ConditionalDecoder starts from,
 * 5. what the last of the layers named `encoder_1`, `encoder_2`, … gives.
 *
 * @throws TempocodeError `model` where the model has none of them, or where it is not [batch, features]
 */
export function codeOf(model: tf.LayersModel, code?: string): tf.SymbolicTensor {
  const tensor = candidate(model, code)
  if (!tensor) {
    const wanted = code
      ? `layer named "${code}"`
      : 'code: no layer named code or encoder_1, no RepeatVector, no ConditionalDecoder'
    const names = model.layers.map((layer) => layer.name).join(', ')
    throw new TempocodeError('model', `model ${model.name} has no ${wanted}; its layers are ${names}`)
  }
  if (!isCode(tensor)) {
    const layer = tensor.sourceLayer.name
    throw new TempocodeError(
      'model',
      `layer ${layer} gives ${shapeOf(tensor)}; a code is [batch, features]`,
      { layer },
    )
  }
  return tensor
}

/** The code, by the rule of `codeOf`, of a model that may have none. */
export function findCode(model: tf.LayersModel): tf.SymbolicTensor | undefined {
  const tensor = candidate(model)
  return tensor && isCode(tensor) ? tensor : undefined
}

const isCode = (tensor: tf.SymbolicTensor) => tensor.shape.length === 2

function candidate(model: tf.LayersModel, code?: string): tf.SymbolicTensor | undefined {
  const calls = callsOf(model)
  const named = (name: string) => calls.find((call) => call.layer.name === name)?.outputs[0]
  if (code !== undefined) return named(code)
  const firstInput = (kind: string) => calls.find((call) => call.layer.getClassName() === kind)?.inputs[0]
  const number = (call: (typeof calls)[number]) =>
    Number(/^encoder_([1-9]\d*)$/.exec(call.layer.name)?.[1] ?? 0)
  const last = calls.reduce((a, b) => (number(b) > number(a) ? b : a))
  return beforeUnmask(
    named('code') ??
      firstInput('RepeatVector') ??
      firstInput('ConditionalDecoder') ??
      (number(last) > 0 ? last.outputs[0] : undefined),
  )
}

/** Unmask changes nothing: what goes into it is the code. */
const beforeUnmask = (tensor?: tf.SymbolicTensor) =>
  tensor?.sourceLayer.getClassName() === 'Unmask' ? tensor.inputs[0] : tensor
