import { TempocodeError } from '@tempocode/core'
import { deepFeatureExtractor } from '@tempocode/models'
import { type FitOptions, fit, type Series } from '@tempocode/trainer'
import { etth1, fitOptions } from './etth1.js'
import { forSeeds, type Plan } from './plan.js'
import { type Line, measureOf, type Shown } from './results.js'

const [WINDOW, STRIDE] = [48, 24]
const LEARNING_RATES = [0.001, 0.0001]

/** Whether relu lowers the loss of the deep feature extractor early, against tanh. */
export async function activation({ quick }: Plan): Promise<Shown> {
  const { learn } = await etth1()
  const [seeds, epochs] = quick ? [2, 2] : [3, 8]
  const lines: Line[] = []
  for (const learningRate of LEARNING_RATES) {
    for (const activation of ['relu', 'tanh'] as const) {
      const runs = await forSeeds(seeds, (seed) =>
        lossesOf(learn, activation, { epochs, learningRate, seed, stride: STRIDE }),
      )
      const whole = runs.filter((losses) => losses !== undefined)
      const cells: Line['cells'] = { diverged: seeds - whole.length }
      for (let i = 0; i < epochs && whole.length > 0; i++) {
        cells[`epoch ${i + 1}`] = measureOf(whole.map((losses) => losses[i]))
      }
      lines.push({ name: `${activation}, learning rate ${learningRate}`, cells })
    }
  }
  return {
    protocol:
      `deepFeatureExtractor (512-256-128) on ETTh1, 7 columns, window ${WINDOW}, every ${STRIDE}th window, learning rates as told, else the defaults of ` +
      `fit, the first ${epochs} epochs; ${seeds} seeds, and how many of them diverged.`,
    tables: [{ title: 'training loss', shows: 'mean and deviation', lines }],
    checks: [],
  }
}

/** @returns the loss of each epoch; nothing where training diverged */
async function lossesOf(
  learn: Series,
  activation: 'relu' | 'tanh',
  options: FitOptions,
): Promise<number[] | undefined> {
  const model = deepFeatureExtractor({
    window: WINDOW,
    columns: learn.columns.length,
    activation,
    seed: options.seed,
  })
  try {
    const { epochs } = await fit(model, learn, fitOptions(options))
    return epochs.map(({ loss }) => loss)
  } catch (cause) {
    if (cause instanceof TempocodeError && cause.code === 'diverged') return undefined
    throw cause
  } finally {
    model.dispose()
  }
}
