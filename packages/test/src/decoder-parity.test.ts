import { toDecoderOnnx, toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { decoderOf, encoderOf, isMasked, MASK_VALUE, targetsOf } from '@tempocode/models'
import { inspectModel, loadDecoder, loadEncoder } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { KINDS, randomOfKind } from './random-kinds.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const needsMore = (kind: string) => /conditional|from the state|relative/.test(kind)

/** A network of a kind, raw windows for it, and what tfjs makes of them: raw rows of each output. */
function example(kind: string, seed: number) {
  const { name, model, window, columns, batch, rows } = randomOfKind(kind, seed)
  const random = new Random(seed, 'scaler')
  const scaler = {
    kind: 'standard' as const,
    center: Array.from({ length: columns }, () => Math.fround(10 * random.normal())),
    scale: Array.from({ length: columns }, () => Math.fround(0.1 + 10 * random.uniform())),
  }
  const raw = rows.map((value, i) => scaler.center[i % columns] + scaler.scale[i % columns] * value)
  const lengths = isMasked(model)
    ? Array.from({ length: batch }, () => 1 + random.below(window))
    : new Array<number>(batch).fill(window)
  const expected = tf.tidy(() => {
    const scaled = tf.div(tf.sub(tf.tensor(raw, [batch, window, columns]), scaler.center), scaler.scale)
    const counts = lengths.flatMap((length) => Array.from({ length: window }, (_, t) => t < length))
    const padded = tf.where(tf.tensor(counts, [batch, window, 1], 'bool'), scaled, tf.scalar(MASK_VALUE))
    const outputs = [model.predict(padded, { batchSize: batch })].flat() as tf.Tensor[]
    return outputs.map((output) => tf.add(tf.mul(output, scaler.scale), scaler.center).dataSync())
  })
  return { name, model, window, columns, raw, scaler, lengths, expected }
}

describe.each(['cpu', 'wasm'] as const)('on %s', (device) => {
  test.each(Object.keys(KINDS).filter((kind) => !needsMore(kind)))(
    'what is encoded and decoded is what tfjs’s whole network gives: %s',
    async (kind) => {
      for (let seed = 0; seed < 3; seed++) {
        const { name, model, window, columns, raw, scaler, lengths, expected } = example(kind, seed)
        const encoder = await loadEncoder(toOnnx(encoderOf(model), { scaler }), { device, verify: true })
        const file = toDecoderOnnx(decoderOf(model), { scaler, window })
        const decoder = await loadDecoder(file, { device, verify: true })
        const features = await encoder.encode(raw, encoder.masked ? { lengths } : {})
        const decoded = await decoder.decode(features.data)

        expect(decoder.heads).toEqual(
          targetsOf(model).map(({ output, offset, steps }) => ({ name: output, offset, steps })),
        )
        for (const [i, head] of decoder.heads.entries()) {
          const { data, shape } = decoded[head.name]
          expect(shape, name).toEqual([lengths.length, head.steps, columns])
          for (let column = 0; column < columns; column++) {
            const [received, due] = [data, expected[i]].map((rows) =>
              rows.filter((_, k) => k % columns === column),
            )
            expect(relativeError(received, due), `${name}, ${head.name}`).toBeLessThanOrEqual(1e-5)
          }
        }
        await encoder.dispose()
        await decoder.dispose()
      }
    },
  )
})

test.each(Object.keys(KINDS).filter(needsMore))('what needs more than the code has none: %s', (kind) => {
  const { model } = randomOfKind(kind, 0)
  expect(() => decoderOf(model)).toThrow(expect.objectContaining({ code: 'model' }))
})

test('features with NaN or infinity give NaN rows, and touch no others', async () => {
  const { model, window } = example('composite', 0)
  const decoder = await loadDecoder(toDecoderOnnx(decoderOf(model), { window }), { device: 'cpu' })
  for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
    const features = new Float32Array(3 * decoder.features).fill(0.5)
    const clean = await decoder.decode(features)
    const spoilt = await decoder.decode(features.fill(bad, decoder.features, decoder.features + 1))
    for (const { name } of decoder.heads) {
      const size = clean[name].data.length / 3
      expect(spoilt[name].data.subarray(0, size)).toEqual(clean[name].data.subarray(0, size))
      expect(spoilt[name].data.subarray(2 * size)).toEqual(clean[name].data.subarray(2 * size))
      expect(spoilt[name].data.subarray(size, 2 * size).every(Number.isNaN)).toBe(true)
    }
  }
})

test('a dense encoder takes windows of its own length alone, a recurrent one any', () => {
  const timeOf = (model: tf.LayersModel) => inspectModel(toOnnx(encoderOf(model))).inputs[0].dims?.[1]
  const { model, window } = randomOfKind('dense', 1)
  expect(timeOf(model)).toBe(window)
  expect(timeOf(randomOfKind('LSTM', 1).model)).toBe('time')
})
