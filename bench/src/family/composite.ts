import { lstmAutoencoder } from '@tempocode/models'
import { errorsOf } from './errors.js'
import { etth1, learnEtth1 } from './etth1.js'
import { forSeeds, type Plan } from './plan.js'
import { type Line, measureOf, type Shown } from './results.js'

const [WINDOW, HORIZON, STRIDE] = [24, 24, 4]
const NETWORKS = {
  'reconstruction alone': ['reconstruction'],
  'prediction alone': ['prediction'],
  composite: ['reconstruction', 'prediction'],
} as const

/** One encoder for two tasks against one for each. */
export async function composite({ seeds, epochs }: Plan): Promise<Shown> {
  const data = await etth1()
  const lines: Line[] = []
  for (const [name, heads] of Object.entries(NETWORKS)) {
    const horizon = name === 'reconstruction alone' ? undefined : HORIZON
    const errors = await forSeeds(seeds, async (seed) => {
      const model = lstmAutoencoder({ window: WINDOW, columns: data.columns, heads, horizon, seed })
      const { heldOut } = await learnEtth1(model, data, { epochs, seed, stride: STRIDE })
      const errors = errorsOf(model, heldOut)
      model.dispose()
      return errors
    })
    const cells = heads.map((head) => [head, measureOf(errors.map((error) => error[head]))])
    lines.push({ name, cells: Object.fromEntries(cells) })
  }
  return {
    protocol:
      `lstmAutoencoder (64-32) on ETTh1, 7 columns, window ${WINDOW}, horizon ${HORIZON}, every ${STRIDE}th window: rows 0–8639 ` +
      `train, –11519 validate, –14399 are held out; learning rate 0.001, else the defaults of fit, both losses count the same, at most ${epochs} epochs; ` +
      `${seeds} seeds. Mean squared error of scaled values.`,
    tables: [{ title: 'held-out error', shows: 'mean and deviation', lines }],
    checks: [],
  }
}
