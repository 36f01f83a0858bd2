import { Random } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { type Beats, CLASSES, chosenBeats, SAMPLES } from './ecg5000.js'

// The same for every classifier, and fixed beforehand.
const STEPS = 1000
const BATCH = 32
const LEARNING_RATE = 0.001

/**
 * Puts a softmax layer on an encoder and trains both with labels, by Adam, on batches in a seeded order.
 * @param encoder [batch, samples, 1] → [batch, features]; trained in place
 * @returns the part of the test beats whose class it tells
 */
export function classify(encoder: tf.LayersModel, train: Beats, test: Beats, seed: number): number {
  const random = new Random(seed, 'classifier')
  const logits = tf.layers.dense({
    units: CLASSES,
    kernelInitializer: tf.initializers.glorotUniform({ seed: random.below(2 ** 31) }),
  })
  const model = tf.model({
    inputs: encoder.inputs,
    outputs: logits.apply(encoder.outputs[0]) as tf.SymbolicTensor,
  })
  const optimizer = tf.train.adam(LEARNING_RATE)
  const next = batches(train.classes.length, random)
  for (let step = 0; step < STEPS; step++) {
    const { values, classes } = chosenBeats(train, next())
    tf.tidy(() => {
      const labels = tf.oneHot(tf.tensor1d(classes, 'int32'), CLASSES)
      const inputs = tensorOf(values)
      optimizer.minimize(() =>
        tf.losses.softmaxCrossEntropy(labels, model.apply(inputs, { training: true }) as tf.Tensor),
      )
    })
  }
  optimizer.dispose()
  return accuracy(model, test)
}

/** Batches of places, epoch after epoch, each in a random order. */
function batches(count: number, random: Random): () => Int32Array {
  let order = new Int32Array()
  return () => {
    if (order.length === 0) order = random.shuffle(Int32Array.from({ length: count }, (_, i) => i))
    const batch = order.subarray(0, BATCH)
    order = order.subarray(BATCH)
    return batch
  }
}

const accuracy = (model: tf.LayersModel, { values, classes }: Beats): number =>
  tf.tidy(() => {
    const found = tf.argMax(model.predict(tensorOf(values)) as tf.Tensor, 1)
    return tf.mean(tf.equal(found, tf.tensor1d(classes, 'int32'))).dataSync()[0]
  })

const tensorOf = (values: Float32Array) => tf.tensor3d(values, [values.length / SAMPLES, SAMPLES, 1])
