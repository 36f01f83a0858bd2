import { Random } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { LONG_NETWORKS, longTraining } from './long-networks.js'
import { FORECASTERS, forecasterTraining } from './random-forecasters.js'
import { KINDS, trainingOfKind } from './random-kinds.js'
import { relativeError } from './random-models.js'
import { randomTraining, type Training, trainableSeeds } from './random-training.js'
import { TrainingGraph } from './run-training.js'
import { NETWORKS, networkTraining } from './special-networks.js'
import { useTfjsWasm } from './tfjs.js'

await useTfjsWasm() // before the list of models is made

const SEEDS = trainableSeeds(process.env.TEMPOCODE_LONG ? 100 : 20)
const KIND_SEEDS = Array.from({ length: process.env.TEMPOCODE_LONG ? 20 : 2 }, (_, seed) => seed)
const DIRECTIONS = 3
const H = 3e-8 // larger steps move some cell or other of a relu network across its kink

/** Along random directions d: (loss(w + h d) − loss(w − h d)) / 2h against gradient · d, all in 64 bits. */
async function checkDirections({ name, model, options, series, nextBatch }: Training, seed: number) {
  const batch = nextBatch()
  const inDouble = { ...options, float: 'float64' as const }
  const { graph, gradients } = await TrainingGraph.gradients(model, inDouble, series, batch)
  const weights = graph.weights()
  const lossAt = async (directions: Float64Array[], h: number) => {
    graph.file.parameters.forEach((parameter, i) => {
      const moved = Float64Array.from(weights[i], (w, k) => w + h * directions[i][k])
      graph.set(parameter.name, moved)
    })
    if (isDropping(model)) return (await graph.train(series, [batch], 0)).losses[0]
    return (await graph.evaluate(series, [batch]))[0]
  }
  const random = new Random(seed, 'directions')
  for (let i = 0; i < DIRECTIONS; i++) {
    const directions = weights.map(({ length }) => Float64Array.from({ length }, () => random.normal()))
    const slope = ((await lossAt(directions, H)) - (await lossAt(directions, -H))) / (2 * H)
    let expected = 0
    gradients.forEach((gradient, i) => {
      for (let k = 0; k < gradient.length; k++) expected += gradient[k] * directions[i][k]
    })
    expect(relativeError([expected], [slope]), name).toBeLessThan(1e-4)
  }
  model.dispose()
}

const isDropping = ({ layers }: tf.LayersModel) => layers.some((layer) => layer.getClassName() === 'Dropout')

test.each(SEEDS)('gradients are the slopes of the loss: random model %i', (seed) =>
  checkDirections(randomTraining(seed), seed),
)

test.each(Object.keys(KINDS))('gradients are the slopes of the loss: %s', async (kind) => {
  for (const seed of KIND_SEEDS) await checkDirections(trainingOfKind(kind, seed), seed)
})

test.each(Object.keys(NETWORKS))('gradients are the slopes of the loss: %s', (name) =>
  checkDirections(networkTraining(name), 0),
)

test.each(Object.keys(FORECASTERS))(
  'gradients are the slopes of the loss: a forecaster, %s',
  async (name) => {
    for (const seed of KIND_SEEDS) await checkDirections(forecasterTraining(name, seed), seed)
  },
)

test.each(Object.keys(LONG_NETWORKS))('gradients are the slopes of the loss: long windows, %s', (name) =>
  checkDirections(longTraining(name), 0),
)

test('gradients are the slopes of the loss: a batch of one long window', () =>
  checkDirections(longTraining('one layer', 1), 0))
