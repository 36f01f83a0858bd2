import { version } from '@tempocode/core'
import { spanOf } from '@tempocode/models'
import { type ScalerState, writeTrainingMetadata } from '@tempocode/runtime/metadata'
import { type FileDetails, fileDetails } from '../inference-file.js'
import type { Network } from './forward.js'

/** What a training step says of itself beside its network. */
export interface TrainingDetails extends Omit<FileDetails, 'scaler'> {
  /** Options of the training, by their names. */
  settings: Record<string, unknown>
}

/** @param evaluation the file that computes the loss alone */
export function trainingMetadata(
  { model, parameters, frozen, window, targets }: Network,
  evaluation: Uint8Array,
  scaler: ScalerState,
  { settings, ...details }: TrainingDetails,
): Record<string, string> {
  const dropout = model.layers
    .filter((layer) => layer.getClassName() === 'Dropout')
    .map((layer) => [`${layer.name}/keep`, Number(layer.getConfig().rate)] as const)
  return writeTrainingMetadata({
    version,
    ...fileDetails(scaler.center.length, { ...details, scaler }),
    window,
    span: spanOf(window, targets),
    weights: parameters.map(({ name }) => name),
    frozen,
    dropout: Object.fromEntries(dropout),
    settings,
    evaluation,
  })
}
