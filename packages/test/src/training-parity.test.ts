import { Random } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { OPTIMIZERS, type OptimizerCase } from './optimizer-cases.js'
import { checkSteps, STEPS } from './optimizer-steps.js'
import { FORECASTERS, forecasterTraining } from './random-forecasters.js'
import { KINDS, trainingOfKind } from './random-kinds.js'
import { relativeError } from './random-models.js'
import { randomTraining, type Training, trainableSeeds } from './random-training.js'
import { TrainingGraph } from './run-training.js'
import { NETWORKS, networkTraining } from './special-networks.js'
import { useTfjsWasm } from './tfjs.js'
import { inGraphLayout, roundedGradients, tfjsGradients } from './tfjs-reference.js'

await useTfjsWasm() // before the list of models is made

const LONG = Boolean(process.env.TEMPOCODE_LONG)
const SEEDS = trainableSeeds(LONG ? 100 : 20)
const KIND_SEEDS = Array.from({ length: LONG ? 20 : 4 }, (_, seed) => seed)
const FEW = 4 // windows in a batch, as tfjs is slow

/** Of all that is compared, what tfjs itself does not determine in 32 bits. */
const undetermined: string[] = []

async function checkGradients({ name, model, options, series, nextBatch }: Training) {
  const batch = nextBatch()
  const received = await TrainingGraph.gradients(model, options, series, batch)
  const { file } = received.graph
  const { expected, rounded } = tf.tidy(() => {
    const inLayout = ({ gradients, ...rest }: ReturnType<typeof tfjsGradients>) => ({
      ...rest,
      gradients: inGraphLayout(model, file, gradients),
    })
    const expected = inLayout(tfjsGradients(model, series, batch, options))
    if (!LONG) return { expected, rounded: expected }
    const random = new Random(0, 'rounding')
    return { expected, rounded: inLayout(roundedGradients(model, series, batch, options, random)) }
  })
  expect(relativeError([received.loss], [expected.loss]), name).toBeLessThan(1e-4)
  expect(relativeError([received.norm], [expected.norm]), name).toBeLessThan(1e-4)
  file.parameters.forEach((parameter, i) => {
    const gradient = expected.gradients[i]
    // No part of a gradient that is 0 is small. There an error has to be below the last bit of the norm.
    const least = LONG && gradient.every((g) => g === 0) ? 1e-3 * expected.norm : 0
    // In a few of very many models the terms of a gradient cancel, so far that tfjs's own changes when it rounds
    // otherwise. There ours may differ by as much as that.
    const ofRounding = relativeError(rounded.gradients[i], gradient, least)
    if (ofRounding > 1e-4) undetermined.push(`gradient of ${parameter.name}, ${name}`)
    const error = relativeError(received.gradients[i], gradient, least)
    expect(error, `${parameter.name} of ${name}`).toBeLessThan(Math.max(1e-4, ofRounding))
  })
  model.dispose()
}

async function checkOptimizer(training: Training, optimizer: OptimizerCase, isClipped: boolean) {
  const rounding = LONG ? new Random(0, 'rounding') : undefined
  const { weights, change } = await checkSteps(training, optimizer, { isClipped, rounding })
  if (weights < STEPS) undetermined.push(`weights after more than ${weights} steps, ${training.name}`)
  if (change < STEPS)
    undetermined.push(`what they moved by after more than ${change} steps, ${training.name}`)
}

describe.each(SEEDS)('random model %i', (seed) => {
  test('loss, norm and every gradient are tfjs’s', () => checkGradients(randomTraining(seed)))

  const optimizer = OPTIMIZERS[seed % OPTIMIZERS.length]
  test(`the weights after ${STEPS} steps are those of tfjs’s ${optimizer.name}`, () =>
    checkOptimizer(randomTraining(seed, FEW), optimizer, seed % 3 === 0))
})

describe.each([
  ['batches', undefined, KIND_SEEDS],
  ['single windows', 1, KIND_SEEDS.slice(0, 2)],
] as const)('in %s, loss, norm and every gradient are tfjs’s', (_, windows, seeds) => {
  test.each(Object.keys(NETWORKS))('%s', (name) => checkGradients(networkTraining(name, windows)))

  test.each(Object.keys(KINDS))('%s', async (kind) => {
    for (const seed of seeds) await checkGradients(trainingOfKind(kind, seed, windows))
  })

  test.each(Object.keys(FORECASTERS))('a forecaster, %s', async (name) => {
    for (const seed of seeds) await checkGradients(forecasterTraining(name, seed, windows))
  })
})

test.each([...Object.keys(FORECASTERS).entries()])(
  `the weights after ${STEPS} steps are those of tfjs: forecaster %i, %s`,
  (i, name) => checkOptimizer(forecasterTraining(name, i), OPTIMIZERS[i % OPTIMIZERS.length], i % 2 === 0),
)

const STEPPED = [
  'GRU, reset before',
  'masked bidirectional GRU, reset after',
  'masked bidirectional LSTM',
  'composite',
  'decoders that start from the state',
  'conditional decoders',
  'dropout and L1',
  'stacked',
]

test.each(STEPPED)(`the weights after ${STEPS} steps are those of tfjs: %s`, async (kind) => {
  const i = STEPPED.indexOf(kind)
  await checkOptimizer(trainingOfKind(kind, i), OPTIMIZERS[i % OPTIMIZERS.length], i % 2 === 0)
})

if (LONG) {
  test('rounding decides little of all this', () => {
    console.info(undetermined.join('\n'))
    expect(undetermined.length).toBeLessThan(20) // of some 10 000 tensors
  })
}
