import { version } from '@tempocode/core'
import { type StreamMetadata, writeMetadata } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { goldenPair } from './golden.js'
import { Graph } from './graph/graph.js'
import { add } from './graph/ops.js'
import { encoderSizes } from './inference-encoder.js'
import { type FileDetails, fileDetails } from './inference-file.js'
import { notFinite } from './not-finite.js'
import { encodeModel } from './onnx/encode.js'
import { scaled } from './scaling.js'
import { stateSize, streamPass } from './stream-pass.js'

/**
 * One step of an encoder as an ONNX file, for rows that come one by one: a raw row `row` [batch, columns] and the
 * `state` [batch, state] that the rows before have left (zeros before the first) → `features` [batch, features] of all
 * rows so far, and `state.next`, float32. What a row costs does not depend on how many there were.
 *
 * Scaling is inside the graph. A row with NaN or infinity in it gives NaN features, and so do all that follow, as they
 * would with all rows encoded at once.
 *
 * @param model takes [batch, window, columns] and gives [batch, features]
 * @returns the bytes of the file
 * @throws TempocodeError `unsupported` where a layer needs rows that are still to come (Bidirectional, dense networks of
 * whole windows) or cannot be exported exactly, else as `toOnnx` does
 */
export function toStreamOnnx(model: tf.LayersModel, options: FileDetails = {}): Uint8Array {
  const { window, columns, features } = encoderSizes(model)
  const details = fileDetails(columns, options)
  const size = stateSize(model)

  const graph = new Graph(model.name)
  const row = graph.input('row', ['batch', columns])
  const state = graph.input('state', ['batch', size])
  const { output, next } = streamPass(model, scaled(row, details.scaler), state)
  const bad = add(notFinite(row), notFinite(state))
  graph.output(add(output, bad), 'features')
  graph.output(add(next, bad), 'state.next')

  const metadata: StreamMetadata = {
    kind: 'stream',
    version,
    ...details,
    window,
    features,
    state: size,
    golden: goldenPair(model, details.scaler, false),
  }
  return encodeModel(graph, { version, metadata: writeMetadata(metadata) })
}
