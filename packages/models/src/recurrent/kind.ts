import type * as tf from '@tensorflow/tfjs'

/** Of which layers a recurrent network is made, and how its decoders use the code. */
export interface Kind {
  /** The name of the model. */
  readonly name: string
  readonly layer: (options: LayerOptions) => tf.layers.Layer
  readonly decoder: DecoderKind
}

export interface LayerOptions {
  name: string
  units: number
  returnSequences: boolean
  returnState?: boolean
}

/**
 * How a decoder uses the code:
 * - `repeated`: it is the input at every step
 * - `started`: so it is, and the first layer starts from the encoder's state
 * - `conditional`: the decoder starts from the encoder's state and is fed its own last output
 */
export type DecoderKind = 'repeated' | 'started' | 'conditional'
