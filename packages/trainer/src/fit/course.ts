import type { TrainingState } from '../engines/engine.js'
import type { Best } from './early-stopping.js'
import type { PlateauState } from './schedule.js'

/** What is told of an epoch that is over. */
export interface Epoch {
  /** From 1. */
  epoch: number
  /** The mean loss of the epoch's steps, while the weights changed. */
  loss: number
  /** The loss of the validation windows after the epoch; absent where there is no validation part. */
  validationLoss?: number
  /** That of the epoch's last step. */
  learningRate: number
  seconds: number
}

/** How far a training has come: all of it that changes, so that it can go on from there. */
export interface Course {
  state: TrainingState
  /** Absent where no epoch was finished. */
  best?: Best
  plateau: PlateauState
  /** Those that were finished. */
  epochs: Epoch[]
  /** Of the epoch after those: the steps made, the sum of their windows' losses, and the seconds taken. */
  step: number
  sum: number
  seconds: number
}
