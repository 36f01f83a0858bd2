import { toOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { encoderOf, isMasked } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { onnxFeatures, type PaddedWindows, padWith, tfjsFeatures } from './encoder-features.js'
import { ENCODERS, KINDS, randomOfKind } from './random-kinds.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed)
const PADDING = [Number.NaN, Number.POSITIVE_INFINITY, 1e30, 0]

/** An encoder of a kind, its file and windows for it; of any length each where it has masking. */
function randomEncoder(kind: string, seed: number) {
  const { name, model, window, columns, batch, rows, sizes } = randomOfKind(kind, seed)
  const random = new Random(seed, `windows for ${kind}`)
  const scaler = {
    kind: 'standard' as const,
    center: Array.from({ length: columns }, () => Math.fround(10 * random.normal())),
    scale: Array.from({ length: columns }, () => Math.fround(0.1 + 10 * random.uniform())),
  }
  const windows: PaddedWindows = {
    rows: rows.map((value, i) => scaler.center[i % columns] + scaler.scale[i % columns] * value),
    shape: [batch, window, columns],
    lengths: isMasked(model) ? Array.from({ length: batch }, () => 1 + random.below(window)) : undefined,
  }
  const code = encoderOf(model)
  return { name, model, sizes, scaler, windows, code, file: toOnnx(code, { scaler }) }
}

test.each(Object.keys(ENCODERS))(
  '50 random encoders give tfjs’s features on cpu and wasm: %s',
  async (kind) => {
    for (const seed of SEEDS) {
      const { name, model, scaler, windows, code, file } = randomEncoder(kind, seed)
      const expected = tfjsFeatures(code, windows, scaler)
      const rows = padWith(windows, PADDING[seed % PADDING.length])
      for (const device of ['cpu', 'wasm'] as const) {
        const received = await onnxFeatures(file, { ...windows, rows }, device)
        expect(relativeError(received, expected), `${name} on ${device}`).toBeLessThanOrEqual(1e-5)
      }
      model.dispose()
    }
  },
)

describe.each(Object.keys(ENCODERS).filter((kind) => kind.startsWith('masked ')))('%s', (kind) => {
  test.each(['cpu', 'wasm'] as const)(
    'a sequence has the same features alone, unpadded, on %s',
    async (device) => {
      for (const seed of SEEDS.slice(0, 10)) {
        const { name, model, sizes, scaler, windows, file } = randomEncoder(kind, seed)
        const {
          rows,
          shape: [, time, columns],
          lengths = [],
        } = windows
        const unmasked = KINDS[kind.replace('masked ', '')](sizes)
        unmasked.setWeights(model.getWeights())
        const plain = toOnnx(encoderOf(unmasked), { scaler })
        const padded = await onnxFeatures(file, { ...windows, rows: padWith(windows, Number.NaN) }, device)
        const alone: number[] = []
        for (const [i, length] of lengths.entries()) {
          const own = rows.slice(i * time * columns, (i * time + length) * columns)
          alone.push(...(await onnxFeatures(plain, { rows: own, shape: [1, length, columns] }, device)))
        }
        expect(relativeError(padded, alone), name).toBeLessThanOrEqual(1e-6)
        model.dispose()
        unmasked.dispose()
      }
    },
  )

  test.each(['cpu', 'wasm'] as const)(
    'what is no number within a sequence shows in its features, on %s',
    async (device) => {
      for (const [seed, bad] of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].entries()) {
        const { model, windows, file } = randomEncoder(kind, seed)
        const {
          rows,
          shape: [batch, , columns],
          lengths = [],
        } = windows
        const expected = (await onnxFeatures(file, windows, device)).slice()
        expected.fill(Number.NaN, 0, expected.length / batch)
        for (const step of [0, lengths[0] - 1]) {
          const broken = { ...windows, rows: rows.with(step * columns, bad) }
          expect(await onnxFeatures(file, broken, device)).toEqual(expected)
        }
        model.dispose()
      }
    },
  )
})

const GATES = ['update', 'reset', 'new']
const pairs = GATES.flatMap((a, i) => GATES.slice(i + 1).map((b, k) => [a, b, i, i + 1 + k] as const))

describe.each(['GRU, reset before', 'GRU, reset after'])('%s', (kind) => {
  test.each(pairs)('%s and %s gate swapped in the file would be seen', async (_a, _b, first, second) => {
    const { scaler, windows, code } = randomEncoder(kind, 0)
    const expected = tfjsFeatures(code, windows, scaler)
    const order = [0, 1, 2].with(first, second).with(second, first)
    code.setWeights(
      code.getWeights().map((weight) => {
        const gates = tf.split(weight, GATES.length, weight.rank - 1)
        return tf.concat(
          order.map((gate) => gates[gate]),
          weight.rank - 1,
        )
      }),
    )
    const received = await onnxFeatures(toOnnx(code, { scaler }), windows)
    expect(relativeError(received, expected)).toBeGreaterThan(1e-3)
  })
})
