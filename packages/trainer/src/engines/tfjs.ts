import * as tf from '@tensorflow/tfjs'
import { batchesOf } from '../windows.js'
import type { Batch, ModelEngine, StepResult, Task, TrainingState } from './engine.js'
import { tfjsLoss } from './tfjs-loss.js'
import { optimizerOf } from './tfjs-optimizers.js'

/**
 * Trains with tfjs itself: the reference that the ONNX engine is checked against, and what trains models with layers
 * that cannot be lowered. Windows are gathered from the series on tfjs's device, batch by batch.
 *
 * `LayersModel.fit` would not do: it shuffles without a seed, cannot clip and refuses sample weights.
 */
export function tfjsEngine(task: Task): ModelEngine {
  const { model, clipNorm, batchSize } = task
  const losses = tfjsLoss(task)
  const weights = model.weights.map((weight) => weight.read() as tf.Variable)
  const trainable = model.trainableWeights.map((weight) => weight.read() as tf.Variable)
  const optimizer = optimizerOf(task.optimizer, trainable)
  let step = 0

  const takeStep = async (batch: Batch): Promise<StepResult> => {
    const { starts, learningRate, weights, draws } = batch
    const [value, norm] = tf.tidy(() => {
      const parts = weights ?? new Float32Array(starts.length).fill(1 / starts.length)
      const lossOf = (): tf.Scalar => {
        const loss = tf.sum(tf.mul(losses.of(batch, true, draws), parts)) as tf.Scalar
        return tf.addN([loss, ...model.calculateLosses()]) // those of regularizers
      }
      const { value, grads } = tf.variableGrads(lossOf, trainable)
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))))
      const scale = clipNorm > 0 ? tf.minimum(1, tf.div(clipNorm, norm)) : tf.scalar(1)
      const clipped = Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, scale)])
      optimizer.apply(Object.fromEntries(clipped), learningRate)
      return [value, norm]
    })
    const [loss, size] = await Promise.all([value.data(), norm.data()])
    tf.dispose([value, norm])
    step++
    return { loss: loss[0], norm: size[0] }
  }

  return {
    name: 'tfjs',
    device: tf.getBackend(),
    threads: 0,

    async train(batches) {
      const results: StepResult[] = []
      for (const batch of batches) results.push(await takeStep(batch))
      return results
    },

    async evaluate(windows) {
      let sum = 0
      for (const batch of batchesOf(windows, batchSize)) {
        const total = tf.tidy(() => tf.sum(losses.of(batch, false)))
        sum += (await total.data())[0]
        total.dispose()
      }
      return sum / windows.starts.length
    },

    async state(): Promise<TrainingState> {
      const tensors = [...weights, ...(await optimizer.slots())]
      const copies = tensors.map(async (tensor) => Float32Array.from(await tensor.data()))
      return { step, tensors: await Promise.all(copies) }
    },

    async restore(state) {
      weights.forEach((weight, i) => {
        const values = tf.tensor(state.tensors[i], weight.shape)
        weight.assign(values)
        values.dispose()
      })
      await optimizer.restore(state.step, state.tensors.slice(weights.length))
      step = state.step
    },

    async updateModel() {}, // the model's own weights are what this engine trains

    async dispose() {
      losses.dispose()
      optimizer.dispose()
    },
  }
}
