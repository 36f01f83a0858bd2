import { TempocodeError } from '@tempocode/core'
import type {
  ActivityRegularization,
  ColumnDense,
  ConditionalDecoder,
  Crop,
  TiedDense,
} from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { activityRegularization } from './activity-regularization.js'
import type { Cell } from './cell.js'
import { columnDense } from './column-dense.js'
import { conditionalDecoder } from './conditional-decoder.js'
import { crop } from './crop.js'
import { dense, tiedDense } from './dense.js'
import { dropout } from './dropout.js'
import { gru } from './gru.js'
import type { Lowering } from './lowering.js'
import { lstm } from './lstm.js'
import { masking, unmask } from './masking.js'
import { addition, concatenation, subtraction } from './merge.js'
import { bidirectional, recurrentLayer } from './recurrent.js'
import { repeatVector } from './repeat-vector.js'
import { reshaped, reverseTime } from './shape.js'

/** Gives the lowering of another layer of the network, the same at each call. */
type Others = (layer: tf.layers.Layer) => Lowering

// The cells of recurrent layers, by the name of the layer's class.
const cells: Record<string, (layer: tf.layers.Layer) => Cell> = {
  LSTM: lstm,
  LSTMFromState: lstm,
  GRU: (layer) => gru(layer, false),
  ResetAfterGRU: (layer) => gru(layer, true),
}

// The layers that can be exported, by the name of their class.
const lowerings: Record<string, (layer: tf.layers.Layer, others: Others) => Lowering> = {
  ActivityRegularization: (layer) => activityRegularization(layer as ActivityRegularization),
  Add: addition,
  Bidirectional: (layer) => bidirectional(layer, ...(innerLayers(layer).map(cellOf) as [Cell, Cell])),
  ColumnDense: (layer) => columnDense(layer as ColumnDense),
  Concatenate: concatenation,
  ConditionalDecoder: (layer) => conditionalDecoder(layer as ConditionalDecoder),
  Crop: (layer) => crop(layer as Crop),
  Dense: (layer) => dense(layer),
  Dropout: dropout,
  Flatten: reshaped,
  Masking: masking,
  RepeatVector: repeatVector,
  Reshape: reshaped,
  ReverseTime: reverseTime,
  Subtract: subtraction,
  TiedDense: (layer, others) => tiedDense(layer as TiedDense, others((layer as TiedDense).tied)),
  TimeDistributed(layer) {
    const [inner] = innerLayers(layer)
    if (inner.getClassName() === 'Dense') return dense(inner, layer) // ours is applied to each step anyway
    throw unknown(layer, `TimeDistributed of ${inner.getClassName()}`)
  },
  Unmask: unmask,
}

/** Lowers layers, each once. */
export class Lowerings {
  readonly #done = new Map<tf.layers.Layer, Lowering>()

  /** @throws TempocodeError `unsupported` where the layer or one of its options cannot be exported exactly */
  of(layer: tf.layers.Layer): Lowering {
    const lowering = this.#done.get(layer) ?? this.#lower(layer)
    this.#done.set(layer, lowering)
    return lowering
  }

  #lower(layer: tf.layers.Layer): Lowering {
    const name = layer.getClassName()
    if (name in cells) return recurrentLayer(layer, cells[name](layer))
    if (name in lowerings) return lowerings[name](layer, (other) => this.of(other))
    throw unknown(layer, name)
  }
}

/** The layers inside a wrapper: TimeDistributed's, both of Bidirectional; else the layer itself. */
export function innerLayers(layer: tf.layers.Layer): readonly tf.layers.Layer[] {
  const { layer: inner, forwardLayer, backwardLayer } = layer as Wrapper
  if (forwardLayer && backwardLayer) return [forwardLayer, backwardLayer]
  return [inner ?? layer]
}

type Wrapper = tf.layers.Layer &
  Record<'layer' | 'forwardLayer' | 'backwardLayer', tf.layers.Layer | undefined>

function cellOf(layer: tf.layers.Layer): Cell {
  const name = layer.getClassName()
  if (name in cells) return cells[name](layer)
  throw unknown(layer, `Bidirectional of ${name}`)
}

function unknown(layer: tf.layers.Layer, kind: string): TempocodeError {
  const known = [...Object.keys(cells), ...Object.keys(lowerings)].join(', ')
  const message = `layer ${layer.name} is a ${kind}, which cannot be exported; use ${known} (TimeDistributed of Dense)`
  return new TempocodeError('unsupported', message, { layer: layer.name })
}
