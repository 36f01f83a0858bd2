// LSTM autoencoders learn one sequence by heart: one gives it back, one predicts its next values, one does both from the
// same code. Beside ours stand the values of the tutorial that the three are from (Jason Brownlee, A Gentle Introduction to
// LSTM Autoencoders, machinelearningmastery.com): a single run of Keras.
//
//     node examples/sequence/sequence.js

import * as tf from '@tensorflow/tfjs'
import { fit, lstmAutoencoder, seriesOf } from 'tempocode'

const SEQUENCE = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
const PUBLISHED = {
  Reconstruction: [[0.106, 0.202, 0.3, 0.4, 0.499, 0.599, 0.698, 0.799, 0.902]],
  Prediction: [[0.167, 0.29, 0.403, 0.509, 0.609, 0.706, 0.8, 0.891]],
  Composite: [
    [0.101, 0.199, 0.299, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    [0.199, 0.302, 0.398, 0.499, 0.601, 0.701, 0.801, 0.899],
  ],
}

await learn('Reconstruction', { heads: ['reconstruction'] })
await learn('Prediction', { heads: ['prediction'], horizon: 'shifted' })
await learn('Composite', { heads: ['reconstruction', 'prediction'], horizon: 'shifted' })

/** Trains a network with the tutorial's settings and prints what each of its heads gives. */
async function learn(name, heads) {
  const model = lstmAutoencoder({ window: 9, columns: 1, units: [100], activation: 'relu', ...heads })
  // The tutorial's 300 epochs of one step are 30 of ten steps here, which take less time: ten times the same sequence.
  const rows = Array.from({ length: 10 }, () => SEQUENCE.map((value) => [value])).flat()
  await fit(model, seriesOf(rows, { columns: ['value'] }), {
    epochs: 30,
    patience: 30, // however long the loss does not fall
    batchSize: 1,
    stride: 9,
    clipNorm: 0, // the tutorial's does not clip,
    scaler: 'none', // nor scale,
    validationSplit: 0, // nor hold anything out
  })
  const outputs = [model.predict(tf.tensor(SEQUENCE, [1, 9, 1]))].flat()
  outputs.forEach((output, i) => {
    const values = [...output.dataSync()]
    print(values.length === 9 ? `${name}: the sequence` : `${name}: its next values`, [
      ['wanted', SEQUENCE.slice(-values.length)],
      ['ours', values],
      ['published', PUBLISHED[name][i]],
    ])
  })
}

function print(title, rows) {
  console.log(title)
  for (const [name, values] of rows) {
    console.log(`  ${name.padEnd(11)}${values.map((value) => value.toFixed(3)).join(' ')}`)
  }
}
