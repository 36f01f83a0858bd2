import { stackedAutoencoder } from '@tempocode/models'
import { pretrain } from '@tempocode/trainer'
import { errorsOf } from './errors.js'
import { etth1, fitOptions, learnEtth1, principalComponents } from './etth1.js'
import { forSeeds, type Plan } from './plan.js'
import { type Line, measureOf, type Shown } from './results.js'
import { stepTimes } from './step-times.js'

const WINDOW = 24
const FEATURES = 16
const STRIDE = 4

const KINDS = [
  { tied: true, activation: 'tanh', greedy: false },
  { tied: true, activation: 'tanh', greedy: true },
  { tied: true, activation: 'relu', greedy: false },
  { tied: false, activation: 'tanh', greedy: false },
  { tied: false, activation: 'tanh', greedy: true },
  { tied: false, activation: 'relu', greedy: false },
] as const
type Kind = (typeof KINDS)[number]

/** A stack with tied weights against one with twice as many. */
export async function tied({ seeds, epochs }: Plan): Promise<Shown> {
  const data = await etth1()
  const { columns, learn } = data
  const modelOf = ({ tied, activation }: Kind, seed: number) =>
    stackedAutoencoder({ window: WINDOW, columns, tied, activation, seed })
  const models = KINDS.map((kind) => modelOf(kind, 0))
  const times = await stepTimes(models, learn.values)

  const lines: Line[] = []
  for (const [i, kind] of KINDS.entries()) {
    const errors = await forSeeds(seeds, async (seed) => {
      const model = modelOf(kind, seed)
      const options = { epochs, seed, stride: STRIDE }
      if (kind.greedy) await pretrain(model, learn, fitOptions(options))
      const { training, heldOut } = await learnEtth1(model, data, options)
      const errors = [training, heldOut].map((rows) => errorsOf(model, rows).reconstruction)
      model.dispose()
      return errors
    })
    lines.push({
      name: `${kind.tied ? 'tied' : 'untied'}, ${kind.activation}${kind.greedy ? ', layer by layer first' : ''}`,
      cells: {
        weights: models[i].countParams(),
        'ms a step': times[i],
        'training error': measureOf(errors.map(([training]) => training)),
        'held-out error': measureOf(errors.map(([, heldOut]) => heldOut)),
      },
    })
  }
  const pca = principalComponents(data, WINDOW, FEATURES)
  const cells = { 'training error': pca.training, 'held-out error': pca.heldOut }
  lines.push({ name: `${FEATURES} principal components`, cells })
  return {
    protocol:
      `stackedAutoencoder (64-32-${FEATURES}) on ETTh1, 7 columns, window ${WINDOW}, every ${STRIDE}th: rows 0–8639 train, –11519 validate, –14399 ` +
      `are held out; learning rate 0.001, else the defaults of fit, at most ${epochs} epochs; ${seeds} seeds. Mean squared error of scaled values. ` +
      'Layer by layer first: pretrain by the same options, then fit. Steps of all alternate, in one thread.',
    tables: [{ title: 'stacked autoencoder', shows: 'mean and deviation', lines }],
    checks: [],
  }
}
