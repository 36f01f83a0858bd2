import { TempocodeError, version } from '@tempocode/core'
import { isMasked } from '@tempocode/models'
import { type Metadata, type ScalerState, writeMetadata } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { goldenPair } from './golden.js'
import { Graph, type Value } from './graph/graph.js'
import {
  add,
  cumulativeSum,
  greater,
  less,
  reduceSum,
  slice,
  sub,
  toFloat,
  transpose,
  unsqueeze,
  where,
} from './graph/ops.js'
import { Lowerings } from './layers/index.js'
import type { Signal } from './layers/lowering.js'
import { walk } from './network.js'
import { encodeModel } from './onnx/encode.js'
import { scaled } from './scaling.js'

/** What the file says of itself beside its network. */
export interface ToOnnxOptions {
  /** Names of the columns. Default: c0, c1, … */
  columns?: readonly string[]
  /** Raw → scaled, put inside the graph. Default: none. */
  scaler?: ScalerState
  /** Rows between the starts of two training windows. Default 1. */
  stride?: number
  seed?: number
  timeStep?: number
  groupBy?: string
  dataDigest?: string
}

/**
 * An encoder as an ONNX file: raw windows `input` [batch, time, columns] → `features` [batch, features], float32. Where
 * the model has masking, it also takes `lengths` [batch] int32: the rows of each window that count; the rest is padding.
 *
 * Scaling is inside the graph. A window with NaN or infinity in it gives NaN features, in any runtime. Time is
 * symbolic: windows may be longer or shorter than those of the training.
 *
 * @param model takes [batch, window, columns] and gives [batch, features]
 * @returns the bytes of the file
 * @throws TempocodeError `unsupported` for a layer or a layer's option that cannot be exported exactly, `model` where
 * the model's input is no window or its output no vector, `data` where columns or scaler do not fit the model
 */
export function toOnnx(model: tf.LayersModel, options: ToOnnxOptions = {}): Uint8Array {
  const [window, width] = windowShape(model)
  const features = vectorLength(model)
  const {
    columns = Array.from({ length: width }, (_, i) => `c${i}`),
    scaler = { kind: 'none', center: new Array(width).fill(0), scale: new Array(width).fill(1) },
    stride = 1,
    ...training
  } = options
  for (const [what, length] of Object.entries({
    columns: columns.length,
    'scaler.center': scaler.center.length,
  })) {
    if (length !== width) {
      throw new TempocodeError('data', `${what} has ${length} entries, and the model takes ${width} columns`)
    }
  }

  const graph = new Graph(model.name)
  const input = graph.input('input', ['batch', 'time', width])
  const sequence = transpose(scaled(input, scaler), [1, 0, 2])
  const lengths = isMasked(model) ? graph.input('lengths', ['batch'], 'int32') : undefined
  const lowerings = new Lowerings()
  const [code] = walk<Signal>(model, { value: sequence }, (layer, inputs) =>
    lowerings.of(layer).inference(inputs, { lengths }),
  )
  graph.output(add(code.value, notFinite(input, lengths)), 'features')

  const metadata: Metadata = {
    kind: 'encoder',
    version,
    columns: [...columns],
    window,
    stride,
    features,
    scaler,
    ...training,
    golden: goldenPair(model, scaler),
  }
  return encodeModel(graph, { version, metadata: writeMetadata(metadata) })
}

/**
 * 0 for each window of finite numbers, NaN for the others: x − x. ONNX Runtime's LSTM turns NaN and infinity into
 * finite outputs, and a wrong feature that looks right is worse than none. What stands in the padding does not count.
 */
function notFinite(x: Value, lengths?: Value): Value {
  const seen = lengths
    ? where(greater(stepNumbers(x), unsqueeze(unsqueeze(toFloat(lengths), 1), 1)), 0, x)
    : x
  return unsqueeze(reduceSum(sub(seen, seen), [1, 2]), 1)
}

/** 1, 2, 3, … along time, [batch, time, 1], whatever x is: nothing is less than itself, NaN neither. */
function stepNumbers(x: Value): Value {
  const first = slice(x, 2, 0, 1)
  return cumulativeSum(add(toFloat(less(first, first)), 1), 1)
}

function windowShape(model: tf.LayersModel): [window: number, columns: number] {
  const [, window, columns] = model.inputs[0].shape
  if (model.inputs[0].shape.length === 3 && window && columns) return [window, columns]
  throw modelError(model, 'takes', model.inputs[0].shape, '[batch, window, columns]')
}

function vectorLength(model: tf.LayersModel): number {
  const [, features] = model.outputs[0].shape
  if (model.outputs.length === 1 && model.outputs[0].shape.length === 2 && features) return features
  throw modelError(model, 'gives', model.outputs[0].shape, 'one output [batch, features]')
}

function modelError(model: tf.LayersModel, verb: string, shape: tf.Shape, allowed: string): TempocodeError {
  const received = `[${shape.map((length) => length ?? 'any').join(', ')}]`
  return new TempocodeError('model', `model ${model.name} ${verb} ${received}; an encoder ${verb} ${allowed}`)
}
