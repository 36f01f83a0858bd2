import { readFileSync } from 'node:fs'
import { lstmAutoencoder } from '@tempocode/models'
import { type EngineName, openEngine } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

type Engine = Awaited<ReturnType<typeof openEngine>>
type Optimizer = Parameters<typeof openEngine>[0]['optimizer']
type Head = 'reconstruction' | 'shifted_prediction'

/** What fixtures/keras-toy.py writes; gates and layouts are the same in Keras and tfjs. */
interface Recorded {
  layers: { name: string; shapes: number[][] }[]
  trainings: { heads: Head[]; optimizer: 'sgd' | 'adam'; losses: number[] }[]
}
const fixture = (ending: string) => readFileSync(new URL(`../fixtures/keras-toy.${ending}`, import.meta.url))
const { layers, trainings }: Recorded = JSON.parse(fixture('json').toString())
const initial = initialWeights()

const WINDOW = 9
const SEQUENCE = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

/** Keras's weights by the names of their layers. */
function initialWeights(): Map<string, tf.Tensor[]> {
  const values = new Float32Array(new Uint8Array(fixture('bin')).buffer)
  let next = 0
  const tensor = (shape: number[]) => {
    const size = tf.util.sizeFromShape(shape)
    next += size
    return tf.tensor(values.slice(next - size, next), shape)
  }
  return new Map(layers.map(({ name, shapes }) => [name, shapes.map(tensor)]))
}

function toy(heads: readonly Head[]): tf.LayersModel {
  const model = lstmAutoencoder({
    window: WINDOW,
    columns: 1,
    units: [100],
    activation: 'relu',
    heads: heads.map((head) => (head === 'reconstruction' ? head : 'prediction')),
    horizon: heads.includes('shifted_prediction') ? 'shifted' : undefined,
  })
  for (const layer of model.layers) {
    if (layer.weights.length > 0) layer.setWeights(initial.get(layer.name)!)
  }
  return model
}

const open = (model: tf.LayersModel, engine: EngineName, optimizer: Optimizer) =>
  openEngine(
    {
      model,
      values: SEQUENCE,
      columns: 1,
      window: WINDOW,
      scaler: { kind: 'none', center: [0], scale: [1] },
      loss: 'mse',
      optimizer,
      clipNorm: 0,
      batchSize: 1,
    },
    engine,
    'cpu',
    (warning) => {
      throw new Error(warning)
    },
  )

const CASES = {
  sgd: { optimizer: (): Optimizer => ({ name: 'sgd' }), learningRate: 0.01, tolerance: 1e-5 },
  adam: { optimizer: kerasAdam, learningRate: 0.001, tolerance: 1e-3 },
}

/**
 * Keras corrects for the first steps the learning rate alone; we, as tfjs and Kingma & Ba, the moments, before ε is added.
 * So its ε of 1e-7 is another one of ours in each step. The toy has gradients as small as that: with 1e-7 in all steps
 * its losses differ by 1e-3 after five.
 */
function kerasAdam(step: number): Optimizer {
  return { name: 'adam', epsilon: 1e-7 / Math.sqrt(1 - 0.999 ** step) }
}

describe.each<EngineName>(['onnx', 'tfjs'])('engine %s', (name) => {
  test.each(trainings)('follows Keras’s losses: $heads, $optimizer', async ({ heads, optimizer, losses }) => {
    const { learningRate, tolerance, ...settings } = CASES[optimizer]
    const model = toy(heads)
    const received: number[] = []
    let state: Awaited<ReturnType<Engine['state']>> | undefined
    while (received.length < losses.length) {
      const engine = await open(model, name, settings.optimizer(received.length + 1))
      if (state) await engine.restore(state)
      const [{ loss }] = await engine.train([{ starts: Int32Array.of(0), learningRate }])
      received.push(loss)
      state = await engine.state()
      await engine.dispose()
    }
    const errors = losses.map((loss, i) => Math.abs(received[i] - loss) / loss)
    expect(errors.length).toBe(20)
    expect(Math.max(...errors)).toBeLessThan(tolerance)
  })
})
