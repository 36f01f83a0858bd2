import { version } from '@tempocode/core'
import { isMasked } from '@tempocode/models'
import { type EncoderMetadata, writeMetadata } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { forwardPass } from './forward-pass.js'
import { goldenPair } from './golden.js'
import { Graph } from './graph/graph.js'
import { add } from './graph/ops.js'
import { type FileDetails, fileDetails, modelError } from './inference-file.js'
import { notFinite } from './not-finite.js'
import { encodeModel } from './onnx/encode.js'
import { scaled } from './scaling.js'

/** What the file says of itself beside its network. */
export interface ToOnnxOptions extends FileDetails {}

/**
 * An encoder as an ONNX file: raw windows `input` [batch, time, columns] → `features` [batch, features], float32. Where
 * the model has masking, it also takes `lengths` [batch] int32: the rows of each window that count; the rest is padding.
 *
 * Scaling is inside the graph. A window with NaN or infinity in it gives NaN features, in any runtime. Time is
 * symbolic, windows may be longer or shorter than those of the training; but for networks that flatten them.
 *
 * @param model takes [batch, window, columns] and gives [batch, features]
 * @returns the bytes of the file
 * @throws TempocodeError `unsupported` for a layer or a layer's option that cannot be exported exactly, `model` where
 * the model's input is no window or its output no vector, `data` where columns or scaler do not fit the model
 */
export function toOnnx(model: tf.LayersModel, options: ToOnnxOptions = {}): Uint8Array {
  const [window, width] = windowShape(model)
  const features = vectorLength(model)
  const details = fileDetails(width, options)
  const masked = isMasked(model)

  const graph = new Graph(model.name)
  const input = graph.input('input', ['batch', flattens(model) ? window : 'time', width])
  const lengths = masked ? graph.input('lengths', ['batch'], 'int32') : undefined
  const [code] = forwardPass(model, scaled(input, details.scaler), 'operators', lengths)
  graph.output(add(code, notFinite(input, lengths)), 'features')

  const metadata: EncoderMetadata = {
    kind: 'encoder',
    version,
    ...details,
    window,
    features,
    masked: masked || undefined,
    golden: goldenPair(model, details.scaler),
  }
  return encodeModel(graph, { version, metadata: writeMetadata(metadata) })
}

/** Whether all rows of a window become one vector, as dense networks have it: then a window has just as many rows. */
const flattens = (model: tf.LayersModel) =>
  model.layers.some((layer) => ['Flatten', 'Reshape'].includes(layer.getClassName()))

function windowShape(model: tf.LayersModel): [window: number, columns: number] {
  const [, window, columns] = model.inputs[0].shape
  if (model.inputs[0].shape.length === 3 && window && columns) return [window, columns]
  throw modelError(model, ['an encoder', 'takes'], model.inputs[0].shape, '[batch, window, columns]')
}

function vectorLength(model: tf.LayersModel): number {
  const [, features] = model.outputs[0].shape
  if (model.outputs.length === 1 && model.outputs[0].shape.length === 2 && features) return features
  throw modelError(model, ['an encoder', 'gives'], model.outputs[0].shape, 'one output [batch, features]')
}
