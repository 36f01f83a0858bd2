import type { Engine, TrainingState } from '../engines/engine.js'

/** Keeps the state of the epoch with the lowest loss, and tells when it has not fallen for too long. */
export class EarlyStopping {
  /** The best epoch, from 1; 0 before the first. */
  epoch = 0
  loss = Number.POSITIVE_INFINITY
  state: TrainingState | undefined

  constructor(readonly patience: number) {}

  /** @returns whether to stop */
  async see(epoch: number, loss: number, engine: Engine): Promise<boolean> {
    if (loss < this.loss) {
      this.epoch = epoch
      this.loss = loss
      this.state = await engine.state()
    }
    return epoch - this.epoch >= this.patience
  }
}
