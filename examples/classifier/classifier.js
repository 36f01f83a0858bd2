// Tells machines' states from recordings of different lengths, of which few have a label. An autoencoder learns from the
// windows of all recordings, without labels. Then its encoder stays as it is: a recording's features are those of its
// windows, pooled, and a linear classifier learns from the labels alone. Beside it stands the same classifier on the
// recordings' own columns, pooled in the same way.
//
//     node examples/classifier/classifier.js

import * as tf from '@tensorflow/tfjs'
import { denseAutoencoder, fit, loadEncoder, poolFeatures } from 'tempocode'

const [RECORDINGS, LABELLED, STATES] = [300, 60, 3]
const POOL = ['mean', 'max']

const recordings = record(1)
const autoencoder = denseAutoencoder({ window: 24, columns: 2, units: [8], activation: 'relu', seed: 0 })
const run = await fit(autoencoder, seriesOf(recordings), { epochs: 30, seed: 0 })
const encoder = await loadEncoder(run.encoder())

const features = await Promise.all(
  recordings.map(async ({ rows }) => poolFeatures(await encoder.encodeSeries(rows), { pool: POOL }).data),
)
const columns = recordings.map(
  ({ rows }) => poolFeatures({ data: rows, shape: [rows.length / 2, 2] }, { pool: POOL }).data,
)
console.log(`${LABELLED} recordings have a label; accuracy on the ${RECORDINGS - LABELLED} others`)
console.log(`linear classifier on features ${(await accuracy(features)).toFixed(3)}`)
console.log(`linear classifier on columns  ${(await accuracy(columns)).toFixed(3)}`)
await encoder.dispose()

/** Logistic regression on standardized values, learnt from the first recordings, measured on the others. */
async function accuracy(vectors) {
  const values = standardize(tf.tensor2d(vectors.map((vector) => [...vector])))
  const states = tf.tensor1d(recordings.map(({ state }) => state))
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 0 })
  const kernelRegularizer = tf.regularizers.l2({ l2: 0.001 })
  const inputShape = values.shape.slice(1)
  const layer = tf.layers.dense({
    units: STATES,
    activation: 'softmax',
    inputShape,
    kernelInitializer,
    kernelRegularizer,
  })
  const model = tf.sequential({ layers: [layer] })
  model.compile({
    optimizer: tf.train.adam(0.05),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  })
  // One batch has all labels, so there is no order to draw.
  const options = { epochs: 300, batchSize: LABELLED, shuffle: false, verbose: 0 }
  await model.fit(values.slice(0, LABELLED), states.slice(0, LABELLED), options)
  const [, found] = model.evaluate(values.slice(LABELLED), states.slice(LABELLED), { batchSize: RECORDINGS })
  return found.dataSync()[0]
}

/** By mean and deviation of those that have a label. */
function standardize(values) {
  const { mean, variance } = tf.moments(values.slice(0, LABELLED), 0)
  return values.sub(mean).div(variance.add(1e-6).sqrt())
}

/** All recordings as one series: each is a segment, so that no window has rows of two. */
function seriesOf(all) {
  let end = 0
  const segments = all.map(({ rows }) => {
    const start = end
    end += rows.length / 2
    return { start, end }
  })
  const values = Float32Array.from(all.flatMap(({ rows }) => [...rows]))
  return { columns: ['x', 'y'], rows: end, values, segments }
}

/** Two vibrations in noise: the state is how far the second is behind the first, which no column tells by itself. */
function record(seed) {
  const draw = tf.randomUniform([RECORDINGS, 3], 0, 1, 'float32', seed).arraySync()
  return draw.map(([which, phase, size], i) => {
    const state = Math.floor(which * STATES)
    const length = 60 + Math.floor(size * 60)
    const noise = tf.randomNormal([length, 2], 0, 0.3, 'float32', seed + i + 1).arraySync()
    const wave = (t, column) => Math.sin(0.5 * t + 6.28 * phase + (column * state * Math.PI) / 4)
    return { state, rows: Float32Array.from(noise.flatMap((pair, t) => pair.map((x, c) => x + wave(t, c)))) }
  })
}
