// Tells a machine's state from noisy recordings of which few have a label. An autoencoder learns from all of them, and its
// encoder is where a classifier starts; beside it stands one that starts from random weights. Three times, for the luck of
// one draw says little.
//
//     node examples/pretraining/pretraining.js

import * as tf from '@tensorflow/tfjs'
import { denseAutoencoder, encoderOf, fit } from 'tempocode'

const [RECORDINGS, LABELLED] = [600, 30]
const [WINDOW, STATES] = [64, 3]

console.log(`${LABELLED} of ${RECORDINGS} recordings have a label; accuracy on ${RECORDINGS} others`)
for (const seed of [1, 2, 3]) {
  const recordings = record(seed)
  const others = record(seed + 100)
  const autoencoder = newAutoencoder(seed)
  const pretrained = newAutoencoder(seed)
  await fit(pretrained, seriesOf(recordings), { epochs: 100, validationSplit: 0, scaler: 'none' })
  const accuracies = []
  for (const model of [autoencoder, pretrained]) accuracies.push(await classify(model, recordings, others))
  const [random, learnt] = accuracies.map((accuracy) => accuracy.toFixed(3))
  console.log(`encoder starts from random weights ${random}, from the autoencoder ${learnt}`)
}

function newAutoencoder(seed) {
  return denseAutoencoder({ window: WINDOW, columns: 1, units: [6], seed })
}

/** All recordings as one series: each is a segment, so that no window has rows of two. */
function seriesOf({ values }) {
  const segments = Array.from({ length: RECORDINGS }, (_, i) => ({
    start: i * WINDOW,
    end: (i + 1) * WINDOW,
  }))
  return { columns: ['vibration'], rows: values.size, values: values.dataSync(), segments }
}

/** Puts a softmax layer on the encoder and trains both with the few labels. */
async function classify(autoencoder, { values, states }, others) {
  const encoder = encoderOf(autoencoder)
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 })
  const head = tf.layers.dense({ units: STATES, activation: 'softmax', kernelInitializer })
  const model = tf.model({ inputs: encoder.inputs, outputs: head.apply(encoder.outputs[0]) })
  model.compile({
    optimizer: tf.train.adam(0.002),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  })
  // One batch has all labels, so there is no order to draw.
  const options = { epochs: 200, batchSize: LABELLED, shuffle: false, verbose: 0 }
  await model.fit(values.slice(0, LABELLED), states.slice(0, LABELLED), options)
  const [, accuracy] = model.evaluate(others.values, others.states, { batchSize: RECORDINGS })
  return accuracy.dataSync()[0]
}

/** Vibrations whose period tells the state, in more noise than that: values [recordings, window, 1]. */
function record(seed) {
  const states = tf.floor(tf.randomUniform([RECORDINGS, 1], 0, STATES, 'float32', seed))
  const phases = tf.randomUniform([RECORDINGS, 1], 0, 1, 'float32', seed + 10)
  const waves = tf.sin(tf.add(phases, tf.div(tf.range(0, WINDOW), tf.add(states, 3))))
  const noise = tf.randomNormal([RECORDINGS, WINDOW], 0, 1.5, 'float32', seed + 20)
  return {
    values: tf.expandDims(tf.add(waves, noise), 2),
    states: tf.squeeze(states, [1]),
  }
}
