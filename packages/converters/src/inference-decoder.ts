import { TempocodeError, version } from '@tempocode/core'
import {
  type CodeDistribution,
  type DecoderMetadata,
  type Head,
  writeMetadata,
} from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { forwardPass } from './forward-pass.js'
import { goldenDecoding } from './golden.js'
import { Graph } from './graph/graph.js'
import { add, unsqueeze } from './graph/ops.js'
import { type FileDetails, fileDetails, modelError } from './inference-file.js'
import { notFinite } from './not-finite.js'
import { encodeModel } from './onnx/encode.js'
import { unscaled } from './scaling.js'

export interface ToDecoderOnnxOptions extends FileDetails {
  /** Rows in a window that was encoded. Default: those of the output `reconstruction`; needed where there is none. */
  window?: number
  /** The training windows' features, for samples. */
  codes?: CodeDistribution
}

/**
 * A decoder as an ONNX file: `features` [batch, features] → raw rows [batch, steps, columns] for each output of the
 * model, under its layer's name, float32.
 *
 * The inverse of scaling is inside the graph. Features with NaN or infinity among them give NaN rows, in any runtime.
 *
 * @param model takes [batch, features] and gives [batch, steps, columns], …; `decoderOf` makes it
 * @returns the bytes of the file
 * @throws TempocodeError `unsupported` for a layer or a layer's option that cannot be exported exactly, `model` where
 * the model's input is no vector or an output no sequence, `data` where columns, scaler or codes do not fit the model,
 * `option` where the window is not known or its rows are not those of the reconstruction
 */
export function toDecoderOnnx(model: tf.LayersModel, options: ToDecoderOnnxOptions = {}): Uint8Array {
  const { window: given, codes, ...rest } = options
  const features = featuresOf(model)
  const sequences = model.outputs.map((output) => sequenceOf(model, output))
  const [{ columns: width }] = sequences
  const window = windowOf(sequences, given)
  const details = fileDetails(width, rest)
  if (codes && codes.mean.length !== features) {
    const message = `codes have ${codes.mean.length} features, and the model takes ${features}`
    throw new TempocodeError('data', message)
  }

  const graph = new Graph(model.name)
  const input = graph.input('features', ['batch', features])
  const bad = unsqueeze(notFinite(input), 2)
  const heads = sequences.map(({ name, steps }): Head => ({ name, offset: offsetOf(name, window), steps }))
  forwardPass(model, input, 'operators').forEach((rows, i) => {
    graph.output(add(unscaled(rows, details.scaler), bad), heads[i].name)
  })

  const metadata: DecoderMetadata = {
    kind: 'decoder',
    version,
    ...details,
    window,
    features,
    heads,
    codes,
    golden: goldenDecoding(model, details.scaler, codes),
  }
  return encodeModel(graph, { version, metadata: writeMetadata(metadata) })
}

interface Sequence {
  name: string
  steps: number
  columns: number
}

function featuresOf(model: tf.LayersModel): number {
  const [, features] = model.inputs[0].shape
  if (model.inputs.length === 1 && model.inputs[0].shape.length === 2 && features) return features
  throw modelError(model, ['a decoder', 'takes'], model.inputs[0].shape, 'one input [batch, features]')
}

function sequenceOf(model: tf.LayersModel, { shape, sourceLayer: { name } }: tf.SymbolicTensor): Sequence {
  const [, steps, columns] = shape
  const [, , width] = model.outputs[0].shape
  if (shape.length === 3 && steps && columns && columns === width) return { name, steps, columns }
  throw modelError(model, ['a decoder', 'gives'], shape, '[batch, steps, columns] of the same columns each')
}

function windowOf(sequences: readonly Sequence[], given?: number): number {
  const isSole = sequences.length === 1 && !/^((shifted_)?prediction|quantile_.*)$/.test(sequences[0].name)
  const reconstruction = isSole ? sequences[0] : sequences.find(({ name }) => name === 'reconstruction')
  const window = given ?? reconstruction?.steps
  if (window === undefined) {
    const names = sequences.map(({ name }) => name).join(', ')
    const message = `window is missing; a decoder of ${names} does not tell how many rows a window has`
    throw new TempocodeError('option', message)
  }
  if (!reconstruction || window === reconstruction.steps) return window
  const message = `window ${window} is not allowed; ${reconstruction.name} has ${reconstruction.steps} rows`
  throw new TempocodeError('option', message)
}

/** The first row that an output of this name stands for; see `targetsOf` of the models. */
function offsetOf(name: string, window: number): number {
  if (name === 'prediction' || name.startsWith('quantile_')) return window
  return name === 'shifted_prediction' ? 1 : 0
}
