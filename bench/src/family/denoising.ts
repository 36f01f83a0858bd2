import { Random } from '@tempocode/core'
import { denseAutoencoder, lstmAutoencoder } from '@tempocode/models'
import type { FitOptions } from '@tempocode/trainer'
import type * as tf from '@tensorflow/tfjs'
import { errorsOf, type Hidden, type Rows } from './errors.js'
import { type Etth1, etth1, learnEtth1 } from './etth1.js'
import { forSeeds, type Plan } from './plan.js'
import { type Check, type Line, measureOf, type Shown } from './results.js'

const RATE = 0.3
const CORRUPT = `masking:${RATE}` as const

interface Network {
  name: string
  build: (columns: number, seed: number) => tf.LayersModel
  options: FitOptions
  /** Whether the code has more numbers than a window, as in Vincent et al.; a narrow one is a denoiser by itself. */
  wide: boolean
}

const NETWORKS: Network[] = [
  {
    name: 'dense 256, window 24',
    build: (columns, seed) =>
      denseAutoencoder({ window: 24, columns, units: [256], activation: 'tanh', seed }),
    options: { stride: 2 },
    wide: true,
  },
  {
    name: 'dense 16, window 24',
    build: (columns, seed) =>
      denseAutoencoder({ window: 24, columns, units: [16], activation: 'tanh', seed }),
    options: {},
    wide: false,
  },
  {
    name: 'LSTM 64, window 6',
    build: (columns, seed) => lstmAutoencoder({ window: 6, columns, units: [64], seed }),
    options: { learningRate: 0.005, stride: 2 },
    wide: true,
  },
  {
    name: 'LSTM 64-32, window 24',
    build: (columns, seed) => lstmAutoencoder({ window: 24, columns, seed }),
    options: { stride: 8 },
    wide: false,
  },
]

/** Networks trained on masked inputs against the same ones trained on clean inputs. */
export async function denoising(plan: Plan): Promise<Shown> {
  const data = await etth1()
  const lines: Line[] = []
  const checks: Check[] = []
  for (const network of NETWORKS) {
    const [masked, clean] = [
      await errors(network, CORRUPT, data, plan),
      await errors(network, 'none', data, plan),
    ]
    for (const [inputs, cells] of Object.entries({ masked, clean })) {
      lines.push({ name: `${network.name}; ${inputs} inputs`, cells })
    }
    if (!network.wide) continue
    checks.push({
      what: `${network.name}: error on masked values, trained on masked inputs ÷ on clean ones`,
      value: masked['error on masked values'].mean / clean['error on masked values'].mean,
      atMost: 0.5,
    })
  }
  return {
    protocol:
      `denseAutoencoder and lstmAutoencoder with wide and narrow codes on ETTh1, 7 columns, trained with corrupt ${CORRUPT} ` +
      'and without: rows 0–8639 train, –11519 validate, –14399 are held out; learning rate 0.001, else the defaults of fit (but dense 256: every 2nd window; LSTM 64: ' +
      `every 2nd, learning rate 0.005; LSTM 64-32: every 8th), at most ${plan.epochs} epochs; ${plan.seeds} seeds. Mean ` +
      "squared error of scaled values. Masked: each held-out value is 0, its column's mean, with probability " +
      `${RATE}, and those values alone are judged.`,
    tables: [{ title: 'network, trained on', shows: 'mean and deviation', lines }],
    checks,
  }
}

async function errors(
  network: Network,
  corrupt: 'none' | typeof CORRUPT,
  data: Etth1,
  { seeds, epochs }: Plan,
) {
  const errors = await forSeeds(seeds, async (seed) => {
    const model = network.build(data.columns, seed)
    const { heldOut } = await learnEtth1(model, data, { epochs, seed, corrupt, ...network.options })
    const masked = errorsOf(model, heldOut, hidden(model, heldOut, seed)).reconstruction
    const clean = errorsOf(model, heldOut).reconstruction
    model.dispose()
    return { masked, clean }
  })
  return {
    'error on masked values': measureOf(errors.map(({ masked }) => masked)),
    'clean held-out error': measureOf(errors.map(({ clean }) => clean)),
  }
}

/** Which values of the windows are masked: the same ones for both trainings of a seed. */
function hidden(model: tf.LayersModel, { starts, columns }: Rows, seed: number): Hidden {
  const random = new Random(seed, 'masked values of the bench')
  const length = starts.length * model.inputs[0].shape[1]! * columns
  return Uint8Array.from({ length }, () => Number(random.uniform() < RATE))
}
