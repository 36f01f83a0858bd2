import { lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { fit } from './fit.js'
import { checkLossWeights, lossWeightsRule } from './loss-weights.js'

beforeAll(() => tf.enableProdMode())

const targets = [
  { output: 'reconstruction', offset: 0, steps: 5, columns: 1 },
  { output: 'prediction', offset: 5, steps: 3, columns: 1 },
]

test('weights are numbers above 0 by names', () => {
  const allowed = [{}, { prediction: 0.5 }, { reconstruction: 1, prediction: 1e-3 }]
  expect(allowed.filter(lossWeightsRule.holds)).toEqual(allowed)
  const others = [1, 'prediction', null, { prediction: 0 }, { prediction: -1 }, { prediction: Number.NaN }]
  expect(others.filter(lossWeightsRule.holds)).toEqual([])
})

test('a name that no output has is refused', () => {
  expect(() => checkLossWeights({ prediction: 1, reconstruction: 2 }, targets)).not.toThrow()
  expect(() => checkLossWeights({ predictoin: 1 }, targets)).toThrow(
    expect.objectContaining({
      code: 'option',
      message: 'lossWeights: the model has no output "predictoin"; use reconstruction, prediction',
    }),
  )
})

test('fit checks them', async () => {
  const model = lstmAutoencoder({ window: 5, columns: 1, units: [3] })
  const series = seriesOf(
    Array.from({ length: 30 }, (_, t) => [Math.sin(t)]),
    { columns: ['a'] },
  )
  await expect(fit(model, series, { lossWeights: { prediction: 2 } })).rejects.toThrow(
    'lossWeights: the model has no output "prediction"; use reconstruction',
  )
  await expect(fit(model, series, { lossWeights: { reconstruction: 0 } })).rejects.toThrow(
    'lossWeights {"reconstruction":0} is not allowed; use numbers above 0 by the names of outputs',
  )
})
