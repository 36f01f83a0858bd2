import type { TrainingState } from '../engines/engine.js'

/** The epoch with the lowest loss so far, and the state that it left. */
export interface Best {
  /** From 1. */
  epoch: number
  loss: number
  state: TrainingState
}

/** Keeps the state of the epoch with the lowest loss, and tells when it has not fallen for too long. */
export class EarlyStopping {
  constructor(
    readonly patience: number,
    public best?: Best,
  ) {}

  /** @returns whether this epoch is the best so far */
  see(epoch: number, loss: number, state: TrainingState): boolean {
    const isBest = this.best === undefined || loss < this.best.loss
    if (isBest) this.best = { epoch, loss, state }
    return isBest
  }

  /** Whether so many epochs without a better one are enough. */
  isEnough(epoch: number): boolean {
    return epoch - (this.best?.epoch ?? epoch) >= this.patience
  }
}
