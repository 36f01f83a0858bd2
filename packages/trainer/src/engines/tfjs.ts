import * as tf from '@tensorflow/tfjs'
import type { LossName } from '../fit/options.js'
import type { Batch, Engine, StepResult, Task, TrainingState } from './engine.js'

/**
 * Trains with tfjs itself: the reference that the ONNX engine is checked against, and what trains models with layers
 * that cannot be lowered. Windows are gathered from the series on tfjs's device, batch by batch.
 *
 * `LayersModel.fit` would not do: it shuffles without a seed and cannot clip.
 */
export function tfjsEngine({
  model,
  values,
  columns,
  window,
  scaler,
  loss,
  clipNorm,
  batchSize,
}: Task): Engine {
  const series = tf.tidy(() => {
    const raw = tf.tensor2d(values, [values.length / columns, columns])
    return tf.div(tf.sub(raw, scaler.center), scaler.scale) as tf.Tensor2D
  })
  const offsets = tf.range(0, window, 1, 'int32')
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable)
  const optimizer = tf.train.adam()
  let step = 0

  const windowsAt = (starts: Int32Array): tf.Tensor =>
    tf.gather(series, tf.add(tf.tensor2d(starts, [starts.length, 1], 'int32'), offsets).cast('int32'))

  const lossOf = (starts: Int32Array, training: boolean): tf.Scalar => {
    const windows = windowsAt(starts)
    return LOSSES[loss](model.apply(windows, { training }) as tf.Tensor, windows)
  }

  const takeStep = async ({ starts, learningRate }: Batch): Promise<StepResult> => {
    const [value, norm] = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => lossOf(starts, true), variables)
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))))
      const scale = clipNorm > 0 ? tf.minimum(1, tf.div(clipNorm, norm)) : tf.scalar(1)
      const clipped = Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, scale)])
      Object.assign(optimizer, { learningRate })
      optimizer.applyGradients(Object.fromEntries(clipped))
      return [value, norm]
    })
    const [loss, size] = await Promise.all([value.data(), norm.data()])
    tf.dispose([value, norm])
    step++
    return { loss: loss[0], norm: size[0] }
  }

  return {
    name: 'tfjs',

    async train(batches) {
      const results: StepResult[] = []
      for (const batch of batches) results.push(await takeStep(batch))
      return results
    },

    async evaluate(starts) {
      let sum = 0
      for (let i = 0; i < starts.length; i += batchSize) {
        const part = starts.subarray(i, i + batchSize)
        const mean = tf.tidy(() => lossOf(part, false))
        sum += (await mean.data())[0] * part.length
        mean.dispose()
      }
      return sum / starts.length
    },

    async state(): Promise<TrainingState> {
      const [count, ...moments] = await optimizer.getWeights() // a new tensor, then the optimizer's own variables
      count?.tensor.dispose()
      const tensors = [...variables, ...moments.map(({ tensor }) => tensor)]
      return {
        step,
        tensors: await Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data()))),
      }
    },

    async restore(state) {
      const tensors = tf.tidy(() =>
        state.tensors.map((data, i) => tf.keep(tf.tensor(data, variables[i % variables.length].shape))),
      )
      const weights = tensors.splice(0, variables.length)
      weights.forEach((weight, i) => {
        variables[i].assign(weight)
      })
      const count = { name: 'iter', tensor: tf.scalar(state.step, 'int32') }
      await optimizer.setWeights([count, ...tensors.map((tensor, i) => ({ name: `moment_${i}`, tensor }))])
      tf.dispose([...weights, count.tensor])
      step = state.step
    },

    async updateModel() {}, // the model's own weights are what this engine trains

    async dispose() {
      tf.dispose([series, offsets])
      optimizer.dispose()
    },
  }
}

const LOSSES: Record<LossName, (predicted: tf.Tensor, target: tf.Tensor) => tf.Scalar> = {
  mse: (predicted, target) => tf.mean(tf.square(tf.sub(predicted, target))),
  mae: (predicted, target) => tf.mean(tf.abs(tf.sub(predicted, target))),
}
