import type { PlannedSettings } from './settings.js'

/** What `plateau` remembers. */
export interface PlateauState {
  rate: number
  /** Epochs since the loss was best, or the rate was halved. */
  waited: number
}

const FACTOR = 0.5
const LOWEST = 1e-5

/** The learning rate of each step of a training. */
export class Schedule {
  readonly plateau: PlateauState

  /** @param steps of all epochs together */
  constructor(
    private readonly settings: Pick<PlannedSettings, 'schedule' | 'learningRate' | 'patience'>,
    private readonly steps: number,
    plateau?: PlateauState,
  ) {
    this.plateau = { ...(plateau ?? { rate: settings.learningRate, waited: 0 }) }
  }

  /** @param step how many steps were made before */
  rateAt(step: number): number {
    const { schedule, learningRate } = this.settings
    if (schedule === 'cosine') return learningRate * cosineSquared(step / this.steps)
    return schedule === 'plateau' ? this.plateau.rate : learningRate
  }

  /** After each epoch: whether its loss is the best so far. */
  see(isBest: boolean): void {
    const { plateau, settings } = this
    plateau.waited = isBest ? 0 : plateau.waited + 1
    if (plateau.waited < Math.ceil(settings.patience / 2)) return
    plateau.waited = 0
    if (plateau.rate > LOWEST) plateau.rate = Math.max(plateau.rate * FACTOR, LOWEST)
  }
}

/**
 * (1 + cos πx) / 2 = cos²(πx / 2) for x in [0, 1], to about 1e-16, by the Taylor series of the cosine. `Math.cos` may
 * differ in its last bit from one JavaScript engine to the next, and so would the weights.
 */
export function cosineSquared(x: number): number {
  const y = (Math.PI * x) / 2
  let cosine = 1
  for (let n = 24; n >= 2; n -= 2) cosine = 1 - (y * y * cosine) / (n * (n - 1))
  return cosine * cosine
}
