import { TempocodeError, version } from '@tempocode/core'
import { isMasked } from '@tempocode/models'
import { type EncoderMetadata, writeMetadata } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { type Form, forwardPass } from './forward-pass.js'
import { goldenPair } from './golden.js'
import { Graph } from './graph/graph.js'
import { add } from './graph/ops.js'
import { encoderSizes } from './inference-encoder.js'
import { type FileDetails, fileDetails } from './inference-file.js'
import { notFinite } from './not-finite.js'
import { encodeModel } from './onnx/encode.js'
import { scaled } from './scaling.js'

export interface ToOnnxOptions extends FileDetails {
  /**
   * How recurrent layers are written. `operators`, as ONNX's own LSTM and GRU, is fastest; `plain`, as loops of products
   * and activations, is for devices that do not run such an operator, as CUDA with relu. Default `operators`.
   */
  form?: Form
}

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
 * the model's input is no window or its output no vector, `data` where columns or scaler do not fit the model, `option`
 * for an unknown form
 */
export function toOnnx(model: tf.LayersModel, options: ToOnnxOptions = {}): Uint8Array {
  const { window, columns, features } = encoderSizes(model)
  const { form = 'operators', ...rest } = options
  if (form !== 'operators' && form !== 'plain')
    throw new TempocodeError('option', `form "${form}" is unknown; use operators or plain`)
  const details = fileDetails(columns, rest)
  const masked = isMasked(model)

  const graph = new Graph(model.name)
  const input = graph.input('input', ['batch', countsRows(model) ? window : 'time', columns])
  const lengths = masked ? graph.input('lengths', ['batch'], 'int32') : undefined
  const [code] = forwardPass(model, scaled(input, details.scaler), form, lengths)
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

/** Whether a layer counts a window's rows, as those of dense networks do: then a window has just as many. */
const countsRows = (model: tf.LayersModel) =>
  model.layers.some((layer) =>
    ['ColumnDense', 'Concatenate', 'Crop', 'Flatten', 'Reshape'].includes(layer.getClassName()),
  )
