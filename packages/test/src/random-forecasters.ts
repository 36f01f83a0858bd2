import { Random } from '@tempocode/core'
import { type ForecasterOptions, forecaster } from '@tempocode/models'
import { randomizeWeights } from './random-models.js'
import { LOSSES, type Training } from './random-training.js'
import { smallTraining } from './small-training.js'

type Kind = (sizes: Pick<ForecasterOptions, 'window' | 'horizon'>) => ForecasterOptions

/** The forms that forecasters have. */
export const FORECASTERS: Record<string, Kind> = {
  'one column': (sizes) => ({ ...sizes, columns: 1 }),
  'some of the columns': (sizes) => ({ ...sizes, columns: 4, targets: 2, recent: 3 }),
  'with intervals': (sizes) => ({ ...sizes, columns: 2, targets: 2, intervals: 0.9 }),
  'no linear view, no hidden layer, no dropout': (sizes) => ({
    ...sizes,
    columns: 2,
    linear: false,
    hidden: 0,
    dropout: 0,
  }),
  'columns of all kinds': (sizes) => ({
    ...sizes,
    columns: 9,
    targets: 2,
    known: 1,
    cycles: 2,
    features: 3,
    intervals: 0.95,
  }),
  'several layers, dropout': (sizes) => ({
    ...sizes,
    columns: 4,
    features: 2,
    featureDropout: 0,
    units: [5, 4],
    hidden: 6,
    dropout: 0.3,
    intervals: 0.8,
  }),
}

/** A forecaster of a form, of random size, with random weights and a random series. */
export function forecasterTraining(name: string, seed: number, windows?: number): Training {
  const random = new Random(seed, name)
  const window = 5 + random.below(5)
  const sizes = { window, horizon: 2 + random.below(4) }
  const model = forecaster({ units: [4], recent: 4, hidden: 5, ...FORECASTERS[name](sizes) })
  randomizeWeights(model, random)
  const training = smallTraining(`${name}, seed ${seed}`, model, random, windows)
  const lossWeights = seed % 2 === 0 ? { prediction: 0.7 } : undefined
  return { ...training, options: { ...training.options, loss: LOSSES[seed % LOSSES.length], lossWeights } }
}
