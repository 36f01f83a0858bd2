import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf } from '@tempocode/models'
import { loadEncoder, readModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { onnxFeatures, tfjsFeatures } from './encoder-features.js'
import { randomOfKind } from './random-kinds.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

/** An encoder of a kind, and three windows for it. */
function example(kind: string) {
  const { model, window, columns } = randomOfKind(kind, 3)
  const random = new Random(0, kind)
  const rows = Float32Array.from({ length: 3 * window * columns }, () => random.normal())
  return { code: encoderOf(model), windows: { rows, shape: [3, window, columns] as const } }
}

test('loops stand in the place of recurrent operators', () => {
  const { code } = example('LSTM')
  expect(Object.keys(readModel(toOnnx(code)).ops)).toContain('LSTM')
  const { ops } = readModel(toOnnx(code, { form: 'plain' }))
  expect(Object.keys(ops)).toContain('Scan')
  expect(Object.keys(ops)).not.toContain('LSTM')
})

test('another form is refused', () => {
  const options = JSON.parse('{"form": "fast"}')
  expect(() => toOnnx(example('LSTM').code, options)).toThrow(
    expect.objectContaining({ code: 'option', message: 'form "fast" is unknown; use operators or plain' }),
  )
})

test.each(['LSTM', 'masked GRU, reset after', 'dense'])(
  'what is no number shows, and in its own window alone: %s',
  async (kind) => {
    const { code, windows } = example(kind)
    const lengths = kind.startsWith('masked') ? [2, 1, 3] : undefined
    const file = toOnnx(code, { form: 'plain' })
    const expected = (await onnxFeatures(file, { ...windows, lengths })).slice()
    const features = expected.length / 3
    expected.fill(Number.NaN, features, 2 * features)
    const [, time, columns] = windows.shape
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const rows = windows.rows.with(time * columns, bad)
      expect(await onnxFeatures(file, { ...windows, rows, lengths })).toEqual(expected)
    }
  },
)

test('windows may be longer than those of the training', async () => {
  const { code, windows } = example('bidirectional LSTM')
  const [, time, columns] = windows.shape
  const longer = { rows: windows.rows, shape: [1, 3 * time, columns] as const }
  const [operators, plain] = await Promise.all(
    (['operators', 'plain'] as const).map((form) => onnxFeatures(toOnnx(code, { form }), longer)),
  )
  expect(relativeError(plain, operators)).toBeLessThanOrEqual(1e-6)
})

test('its golden pair proves it', async () => {
  const encoder = await loadEncoder(toOnnx(example('GRU, reset before').code, { form: 'plain' }), {
    device: 'wasm',
    verify: true,
  })
  await encoder.dispose()
})

describe.each([
  ['LSTM', 4],
  ['GRU, reset after', 3],
])('%s', (kind, gates) => {
  const orders = Array.from({ length: gates - 1 }, (_, i) => i + 1)
  test.each(orders)('gates 0 and %s swapped in the file would be seen', async (other) => {
    const { code, windows } = example(kind)
    const [, , columns] = windows.shape
    const none = { center: new Array(columns).fill(0), scale: new Array(columns).fill(1) }
    const expected = tfjsFeatures(code, windows, none)
    const order = Array.from({ length: gates }, (_, i) => i)
      .with(0, other)
      .with(other, 0)
    code.setWeights(
      code.getWeights().map((weight) => {
        const parts = tf.split(weight, gates, weight.rank - 1)
        return tf.concat(
          order.map((gate) => parts[gate]),
          weight.rank - 1,
        )
      }),
    )
    const received = await onnxFeatures(toOnnx(code, { form: 'plain' }), windows)
    expect(relativeError(received, expected)).toBeGreaterThan(1e-3)
  })
})
