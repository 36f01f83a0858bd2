import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, isMasked, lstmAutoencoder } from '@tempocode/models'
import { loadEncoder } from '@tempocode/runtime'
import { fit, seriesOf } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { onnxFeatures, type PaddedWindows, tfjsFeatures } from './encoder-features.js'
import { randomModel, relativeError } from './random-models.js'
import { NETWORKS, networkTraining } from './special-networks.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

test.each(['cpu', 'wasm'] as const)('200 random encoders give tfjs’s features on %s', async (device) => {
  for (let seed = 0; seed < 200; seed++) {
    const { name, model, window, columns, batch, rows } = randomModel(seed)
    const random = new Random(seed, 'scaler')
    const scaler = {
      kind: 'standard' as const,
      center: Array.from({ length: columns }, () => Math.fround(10 * random.normal())),
      scale: Array.from({ length: columns }, () => Math.fround(0.1 + 10 * random.uniform())),
    }
    const code = encoderOf(model)
    const raw = rows.map((value, i) => scaler.center[i % columns] + scaler.scale[i % columns] * value)
    const expected = tf.tidy(() => {
      const scaled = tf.div(tf.sub(tf.tensor(raw, [batch, window, columns]), scaler.center), scaler.scale)
      return (code.predict(scaled, { batchSize: batch }) as tf.Tensor).dataSync()
    })
    const encoder = await loadEncoder(toOnnx(code, { scaler }), { device })
    const { data, shape } = await encoder.encode(raw)
    expect(shape, name).toEqual([batch, encoder.features])
    expect(relativeError(data, expected), name).toBeLessThanOrEqual(1e-5)
    await encoder.dispose()
    model.dispose()
  }
})

const CODED = Object.keys(NETWORKS).filter((name) => {
  const { model } = networkTraining(name)
  return model.layers.some((layer) => layer.getClassName() === 'RepeatVector')
})

test.each(CODED)('every option of a layer is exported as it is: %s', async (name) => {
  const { model, options } = networkTraining(name)
  const code = encoderOf(model)
  const [, window, columns] = model.inputs[0].shape as number[]
  const random = new Random(1, name)
  const windows: PaddedWindows = {
    rows: Float32Array.from({ length: 5 * window * columns }, () => random.normal()),
    shape: [5, window, columns],
    lengths: isMasked(model) ? [1, window, 2, 3, window - 1] : undefined,
  }
  const expected = tfjsFeatures(code, windows, options.scaler)
  for (const device of ['cpu', 'wasm'] as const) {
    const received = await onnxFeatures(toOnnx(code), windows, device)
    expect(relativeError(received, expected)).toBeLessThanOrEqual(1e-5)
  }
})

const GATES = ['input', 'forget', 'cell', 'output']
const pairs = GATES.flatMap((a, i) => GATES.slice(i + 1).map((b, k) => [a, b, i, i + 1 + k] as const))

test.each(pairs)('%s and %s gate swapped in the file would be seen', async (_a, _b, first, second) => {
  const { model, window, columns, batch, rows } = randomModel(5)
  const code = encoderOf(model)
  const expected = (code.predict(tf.tensor(rows, [batch, window, columns])) as tf.Tensor).dataSync()
  const order = [0, 1, 2, 3].with(first, second).with(second, first)
  model.setWeights(
    model.getWeights().map((weight) => {
      const gates = tf.split(weight, 4, weight.rank - 1)
      return tf.concat(
        order.map((gate) => gates[gate]),
        weight.rank - 1,
      )
    }),
  )
  const encoder = await loadEncoder(toOnnx(code), { device: 'cpu' })
  const { data } = await encoder.encode(rows)
  expect(relativeError(data, expected)).toBeGreaterThan(1e-3)
})

test.each(['tanh', 'relu'] as const)(
  'a trained %s encoder gives tfjs’s features, and none of them is dead',
  async (activation) => {
    const series = seriesOf(
      Array.from({ length: 600 }, (_, t) => [Math.sin(t / 3), Math.cos(t / 7) + (t % 24) / 24]),
      { columns: ['a', 'b'] },
    )
    const model = lstmAutoencoder({ window: 12, columns: 2, units: [24, 6], activation, seed: 1 })
    const { scaler } = await fit(model, series, { epochs: 8, learningRate: 0.005 })
    const code = encoderOf(model)
    const expected = tf.tidy(() => {
      const scaled = tf.div(tf.sub(tf.tensor(series.values, [50, 12, 2]), scaler.center), scaler.scale)
      return (code.predict(scaled, { batchSize: 50 }) as tf.Tensor).dataSync()
    })
    for (const device of ['cpu', 'wasm'] as const) {
      const encoder = await loadEncoder(toOnnx(code, { scaler }), { device })
      const { data } = await encoder.encode(series.values)
      expect(relativeError(data, expected)).toBeLessThanOrEqual(1e-5)
      for (let f = 0; f < encoder.features; f++) {
        const values = Array.from({ length: 50 }, (_, n) => data[n * encoder.features + f])
        expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(1e-3)
      }
      await encoder.dispose()
    }
  },
)
