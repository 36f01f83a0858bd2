import { Random } from '@tempocode/core'
import { type ForecasterOptions, forecaster } from '@tempocode/models'
import { createSession } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Form, forwardPass } from './forward-pass.js'
import { Graph } from './graph/graph.js'
import { encodeModel } from './onnx/encode.js'

beforeAll(() => tf.enableProdMode())

const WINDOWS = 3
const size = { window: 6, columns: 3, horizon: 4 }
const CASES: [string, ForecasterOptions][] = [
  ['one target of three columns', size],
  ['all columns', { ...size, targets: 3, intervals: 0.9 }],
  ['one column', { ...size, columns: 1, recent: 2 }],
  ['no linear view, no hidden layer', { ...size, linear: false, hidden: 0 }],
  [
    'columns of all kinds',
    { ...size, columns: 9, targets: 2, known: 1, cycles: 2, features: 3, units: [5, 4], intervals: 0.95 },
  ],
  [
    'a hidden layer, dropout',
    { ...size, columns: 4, cycles: 1, features: 2, hidden: 5, dropout: 0.3, recent: 3 },
  ],
]

/** A forecaster with weights of its own everywhere, zeros hide what is mixed up. */
function random(options: ForecasterOptions): tf.LayersModel {
  const model = forecaster(options)
  const draws = new Random(7, 'weights')
  const weights = model.getWeights().map(({ shape }) => {
    const count = shape.reduce((a, b) => a * b, 1)
    return tf.tensor(
      Float32Array.from({ length: count }, () => 0.5 * draws.normal()),
      shape,
    )
  })
  model.setWeights(weights)
  return model
}

async function run(model: tf.LayersModel, rows: Float32Array, form: Form, device: 'cpu' | 'wasm') {
  const [, window, columns] = model.inputs[0].shape as number[]
  const graph = new Graph('forecaster')
  const input = graph.input('input', ['batch', window, columns])
  const names = model.outputs.map(({ sourceLayer }) => sourceLayer.name)
  forwardPass(model, input, form).forEach((output, i) => {
    graph.output(output, names[i])
  })
  const session = await createSession(encodeModel(graph, { version: '0', metadata: {} }), device)
  const outputs = await session.run({ input: { data: rows, shape: [WINDOWS, window, columns] } })
  await session.release()
  return names.map((name) => outputs[name])
}

describe.each(['operators', 'plain'] as const)('%s', (form) => {
  test.each(CASES)('a forecaster gives what tfjs gives, on cpu and wasm: %s', async (_, options) => {
    const model = random(options)
    const draws = new Random(8, 'rows')
    const { window, columns } = options
    const rows = Float32Array.from({ length: WINDOWS * window * columns }, () => draws.normal())
    const expected = [model.predict(tf.tensor(rows, [WINDOWS, window, columns]))].flat() as tf.Tensor[]
    for (const device of ['cpu', 'wasm'] as const) {
      const received = await run(model, rows, form, device)
      expect(received.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape))
      received.forEach(({ data }, i) => {
        const theirs = expected[i].dataSync()
        const largest = Math.max(...theirs.map(Math.abs))
        const error = Math.max(...theirs.map((value, k) => Math.abs(value - Number(data[k]))))
        expect(error / largest).toBeLessThanOrEqual(1e-5)
      })
    }
    tf.dispose(expected)
    model.dispose()
  })
})
