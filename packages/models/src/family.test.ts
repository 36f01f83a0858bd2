import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { codeOf } from './code.js'
import { decoderOf } from './decoder-of.js'
import { encoderOf } from './encoder-of.js'
import { isMasked, MASK_VALUE } from './masking.js'
import { targetsOf } from './targets.js'
import { family, started } from './testing/family.js'
import { normal, predictAll, randomize, reload } from './testing/tensors.js'

/** Three windows; for a masked network the first has three rows and the second one. */
function windowsFor(model: tf.LayersModel): tf.Tensor {
  const windows = normal([3, 5, 2], 3)
  if (!isMasked(model)) return windows
  const padding = tf.tensor3d([3, 1, 5].map((length) => [0, 1, 2, 3, 4].map((t) => [Number(t >= length)])))
  return tf.where(padding.cast('bool').tile([1, 1, 2]), tf.fill([3, 5, 2], MASK_VALUE), windows)
}

describe.each([...family, ...started])('%s', (_, build) => {
  test('it is built from its seed, and gives the rows that its outputs are named for', () => {
    const model = build()
    const rows = targetsOf(model).map(({ steps }) => [null, steps, 2])
    expect(model.outputs.map(({ shape }) => shape)).toEqual(rows)
    expect(
      build()
        .getWeights()
        .map((weight) => weight.dataSync()),
    ).toEqual(model.getWeights().map((weight) => weight.dataSync()))
  })

  test('loaded, it gives the same bits', async () => {
    const model = randomize(build(), 1)
    const windows = windowsFor(model)
    expect(predictAll(await reload(model), windows)).toEqual(predictAll(model, windows))
  })

  test('tfjs finds a gradient for every weight', () => {
    const model = randomize(build(), 1)
    const windows = windowsFor(model)
    const { grads } = tf.variableGrads(() => {
      const outputs = [model.apply(windows, { training: true })].flat() as tf.Tensor[]
      return tf.addN(outputs.map((output) => output.square().sum())).asScalar()
    })
    const sizes = model.weights.map((weight) => grads[weight.name].abs().sum().dataSync()[0])
    expect(sizes.map((size) => Number.isFinite(size) && size > 0)).toEqual(sizes.map(() => true))
  })
})

test.each(family)('%s: its decoder makes of its features what it gives itself', (_, build) => {
  const model = randomize(build(), 1)
  const windows = windowsFor(model)
  const expected = predictAll(model, windows)
  const [encoder, decoder] = [encoderOf(model), decoderOf(model)]
  expect(decoder.inputs.map(({ shape }) => shape)).toEqual([codeOf(model).shape])
  expect(predictAll(decoder, encoder.predict(windows) as tf.Tensor)).toEqual(expected)
  expect(predictAll(encoderOf(model), windows)).toEqual(predictAll(encoder, windows))
  expect(predictAll(model, windows)).toEqual(expected)
})

test.each(started)('%s: a decoder that starts from the state cannot be cut off', (_, build) => {
  const model = build()
  expect(() => decoderOf(model)).toThrow(
    expect.objectContaining({
      code: 'model',
      message: expect.stringContaining('has no decoder that needs the code alone'),
    }),
  )
  expect(encoderOf(model).outputs[0].shape).toEqual(codeOf(model).shape)
})
