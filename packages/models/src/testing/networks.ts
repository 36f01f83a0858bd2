import * as tf from '@tensorflow/tfjs'

/** Applies layers one after the other, without the slow initialisers of tfjs. */
export function chain(input: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor {
  return layers.reduce((x, layer) => {
    layer.setFastWeightInitDuringBuild(true)
    return layer.apply(x) as tf.SymbolicTensor
  }, input)
}

/** An encoder that gives its state, too, and a decoder for each of two heads that starts from it. */
export function twoHeads(): tf.LayersModel {
  const { lstm, repeatVector, dense, timeDistributed, bidirectional } = tf.layers
  const recurrent = (name: string, more = {}) => {
    const layer = lstm({ name, units: 4, returnSequences: true, ...more })
    layer.setFastWeightInitDuringBuild(true)
    return layer
  }
  const input = tf.input({ name: 'window', shape: [6, 2] })
  const inner = lstm({ units: 3, returnSequences: true }) as tf.RNN
  const sequence = chain(input, bidirectional({ name: 'encoder_1', layer: inner, mergeMode: 'concat' }))
  const last = recurrent('encoder_2', { returnSequences: false, returnState: true })
  const [code, ...initialState] = last.apply(sequence) as tf.SymbolicTensor[]
  const head = (repeat: string, decoder: string, name: string, steps: number) => {
    const repeated = chain(code, repeatVector({ name: repeat, n: steps }))
    const decoded = recurrent(decoder).apply(repeated, { initialState }) as tf.SymbolicTensor
    return chain(decoded, timeDistributed({ name, layer: dense({ units: 2 }) }))
  }
  const outputs = [
    head('repeat', 'decoder_1', 'reconstruction', 6),
    head('predictor_repeat', 'predictor_1', 'prediction', 3),
  ]
  return tf.model({ name: 'two_heads', inputs: input, outputs })
}
