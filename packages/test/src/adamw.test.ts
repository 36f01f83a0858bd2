import { readFileSync } from 'node:fs'
import { lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { relativeError } from './random-models.js'
import { TrainingGraph } from './run-training.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

/** What fixtures/adamw.py writes; weights in tfjs's order and layout. */
interface Recorded {
  case: {
    learningRate: number
    beta1: number
    beta2: number
    epsilon: number
    weightDecay: number
    clipNorm: number
  }
  series: number[]
  starts: number[][]
  initial: number[][]
  losses: number[]
  weights: number[][]
}
const recorded: Recorded[] = JSON.parse(
  readFileSync(new URL('../fixtures/adamw.json', import.meta.url), 'utf8'),
)

test.each(recorded)('AdamW trains as PyTorch’s: $case', async ({ case: settings, ...expected }) => {
  const { learningRate, clipNorm, ...adamw } = settings
  const model = lstmAutoencoder({ window: 4, columns: 2, units: [3] })
  const shapes = model.getWeights().map(({ shape }) => shape)
  model.setWeights(expected.initial.map((values, i) => tf.tensor(values, shapes[i])))
  const scaler = { kind: 'none' as const, center: [0, 0], scale: [1, 1] }
  const graph = new TrainingGraph(model, { scaler, clipNorm, optimizer: { name: 'adamw', ...adamw } })
  const series = { values: Float32Array.from(expected.series), columns: 2 }
  const batches = expected.starts.map((starts) => ({ starts }))
  const { losses } = await graph.train(series, batches, learningRate)
  expect(relativeError(losses, expected.losses)).toBeLessThan(1e-4)

  graph.file.parameters.forEach(({ name, write }, i) => {
    write(Float32Array.from(graph.get(name)))
    const received = model.getWeights()[i].dataSync()
    expect(relativeError(received, expected.weights[i]), name).toBeLessThan(1e-4)
  })
})
