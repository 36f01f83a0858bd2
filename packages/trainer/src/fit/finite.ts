import { TempocodeError } from '@tempocode/core'
import type { StepResult, TrainingState } from '../engines/engine.js'

/** @throws TempocodeError `diverged` where a step's loss or gradients are NaN or infinite */
export function checkStep({ loss, norm }: StepResult, epoch: number, step: number): void {
  if (!Number.isFinite(loss)) diverged(`the loss is ${loss} at`, epoch, step)
  if (!Number.isFinite(norm)) diverged(`the gradients' norm is ${norm} at`, epoch, step)
}

/** @throws TempocodeError `diverged` where a validation loss is NaN or infinite */
export function checkLoss(loss: number, epoch: number, step: number): void {
  if (!Number.isFinite(loss)) diverged(`the validation loss is ${loss} after`, epoch, step)
}

/** @throws TempocodeError `diverged` where a weight, or what the optimizer remembers, is NaN or infinite */
export function checkState({ tensors }: TrainingState, epoch: number, step: number): void {
  if (!tensors.every(allFinite)) diverged('there are weights that are NaN or infinite after', epoch, step)
}

function allFinite(values: Float32Array): boolean {
  let rest = 0 // x − x is 0 for finite numbers and NaN for others
  for (let i = 0; i < values.length; i++) rest += values[i] - values[i]
  return rest === 0
}

function diverged(what: string, epoch: number, step: number): never {
  const message = `training diverged: ${what} step ${step} of epoch ${epoch}; try a lower learningRate or clipNorm`
  throw new TempocodeError('diverged', message, { epoch, step })
}
