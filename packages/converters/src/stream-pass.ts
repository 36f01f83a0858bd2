import type * as tf from '@tensorflow/tfjs'
import type { Value } from './graph/graph.js'
import { concat, split, squeeze, unsqueeze } from './graph/ops.js'
import { Lowerings } from './layers/index.js'
import { type Signal, unsupported } from './layers/lowering.js'
import { walk } from './network.js'

/** The numbers that a network carries from one row to the next: of each recurrent layer h, and of an LSTM c. */
export function stateSize(model: tf.LayersModel): number {
  return statesOf(model, new Lowerings()).reduce((sum, { sizes }) => sum + total(sizes), 0)
}

/**
 * A network's forward pass by one row.
 * @param row [batch, columns], as the network sees it
 * @param state [batch, state], zeros before the first row
 * @returns the output for the rows so far [batch, n], and the state after this row
 * @throws TempocodeError `unsupported` where a layer needs rows that are still to come
 */
export function streamPass(model: tf.LayersModel, row: Value, state: Value): { output: Value; next: Value } {
  const lowerings = new Lowerings()
  const layers = statesOf(model, lowerings)
  const sizes = layers.flatMap(({ sizes }) => sizes)
  const before = sizes.length > 1 ? [...split(state, sizes, 1)] : [state]
  const statesBefore = new Map(layers.map(({ layer, sizes }) => [layer, before.splice(0, sizes.length)]))
  const statesAfter = new Map<tf.layers.Layer, readonly Signal[]>()

  const [output] = walk<Signal>(model, { value: unsqueeze(row, 0) }, (layer, inputs) => {
    const states = (statesBefore.get(layer) ?? []).map((value) => ({ value }))
    const outputs = lowerings.of(layer).inference([...inputs, ...states], {})
    statesAfter.set(layer, outputs.slice(outputs.length - states.length))
    return outputs
  })
  const after = layers.flatMap(({ layer }) => statesAfter.get(layer) ?? []).map(({ value }) => value)
  return {
    output: output.value.shape.length === 3 ? squeeze(output.value, 0) : output.value,
    next: after.length > 1 ? concat(after, 1) : after[0],
  }
}

/** The layers that carry states, and the states' sizes. */
function statesOf(model: tf.LayersModel, lowerings: Lowerings) {
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer')
  const all = layers.map((layer) => {
    const { states } = lowerings.of(layer)
    if (states) return { layer, sizes: states }
    throw unsupported(layer, 'cannot be run row by row, because its output needs rows that are still to come')
  })
  const recurrent = all.filter(({ sizes }) => sizes.length > 0)
  if (recurrent.length > 0) return recurrent
  throw unsupported(layers[0], 'the network has no layer that carries a state from row to row')
}

const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
