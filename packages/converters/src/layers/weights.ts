import * as tf from '@tensorflow/tfjs'
import type { Graph, Value } from '../graph/graph.js'
import type { Parameter } from './lowering.js'

/** How a weight is stored in a graph: its shape, mostly that of a matrix, and its values from tfjs's and back. */
export interface Layout {
  shape: number[]
  fromLayer(values: Float32Array): Float32Array
  toLayer(values: Float32Array): Float32Array
}

/**
 * The layer's weights as parameters, in tfjs's order: kernel, recurrent kernel where there is one, bias.
 * @param layoutOf of a weight's shape, and its name within the layer
 */
export function parametersOf(
  layer: tf.layers.Layer,
  layoutOf: (shape: number[], name: string) => Layout,
): Parameter[] {
  return layer.weights.map((weight) => {
    const shape = weight.shape as number[]
    const layout = layoutOf(shape, weight.originalName.split('/').at(-1) as string)
    return {
      name: weight.originalName,
      variable: weight,
      shape: layout.shape,
      trainable: layer.trainableWeights.includes(weight),
      read: () => layout.fromLayer(weight.read().dataSync() as Float32Array),
      write: (values) =>
        tf.tidy(() => {
          weight.write(tf.tensor(layout.toLayer(values), shape))
        }),
    }
  })
}

/**
 * A weight as a constant, which a file has once and under the weight's own name: so it can be found there, and replaced.
 * @param shape another shape of it, which may have room for zeros behind the values. Default: its own
 */
export function stored(
  graph: Graph,
  parameter: Parameter,
  shape: readonly number[] = parameter.shape,
): Value {
  return graph.once(parameter.variable, () => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
    values.set(parameter.read())
    return graph.constant(values, shape, parameter.name)
  })
}

/** A kernel [inputs, outputs] as [outputs, inputs]; a bias [outputs] as [outputs, 1]. */
export function transposed(shape: number[]): Layout {
  const [inputs, outputs] = shape.length === 1 ? [1, shape[0]] : shape
  return {
    shape: [outputs, inputs],
    fromLayer: (values) => transpose(values, inputs, outputs),
    toLayer: (values) => transpose(values, outputs, inputs),
  }
}

/** All values in their order, as a column. */
export function flat(shape: number[]): Layout {
  const keep = (values: Float32Array) => values.slice()
  return { shape: [shape.reduce((a, b) => a * b, 1), 1], fromLayer: keep, toLayer: keep }
}

function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j]
  return result
}

/**
 * The order of an LSTM's gates: tfjs and Keras store input, forget, cell, output; ONNX input, output, forget, cell.
 * Gate k of ONNX is gate `TO_ONNX[k]` of tfjs.
 */
const TO_ONNX = [0, 3, 1, 2]

/** An LSTM's kernel [inputs, 4 · units] as ONNX has it, [4 · units, inputs]; its bias [4 · units] as [4 · units, 1]. */
export function gates(shape: number[]): Layout {
  const { shape: onnx, fromLayer, toLayer } = transposed(shape)
  const block = (onnx[0] / 4) * onnx[1]
  const gate = (values: Float32Array, k: number) => values.subarray(k * block, (k + 1) * block)
  return {
    shape: onnx,
    fromLayer(values) {
      const ordered = fromLayer(values)
      const result = new Float32Array(values.length)
      TO_ONNX.forEach((theirs, ours) => {
        result.set(gate(ordered, theirs), ours * block)
      })
      return result
    },
    toLayer(values) {
      const ordered = new Float32Array(values.length)
      TO_ONNX.forEach((theirs, ours) => {
        ordered.set(gate(values, ours), theirs * block)
      })
      return toLayer(ordered)
    },
  }
}
