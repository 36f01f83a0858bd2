import { type ErrorCode, TempocodeError } from '@tempocode/core'
import type { Engine } from '../engines/engine.js'
import type { Course } from './course.js'
import type { DataDigests } from './digests.js'
import { type LayerDescription, layerDifference } from './layers.js'
import type { EngineName, PlannedSettings, TrainingDevice } from './settings.js'

/** All that a training needs to go on to the bit as if it had not been interrupted. */
export interface Checkpoint extends Course, Basis {
  /** What computed, which is what goes on. */
  engine: { name: EngineName; device: string; threads: number }
  /** Before training; see `Run`. */
  initialLoss: number
  /** Whatever its writer wants to find again, as JSON. */
  details?: Record<string, unknown>
}

/** What a training is one of: it must be the same when it goes on. */
export interface Basis {
  settings: PlannedSettings
  columns: string[]
  layers: LayerDescription[]
  data: DataDigests
}

const DATA: Record<keyof DataDigests, string> = {
  training: 'the training rows',
  validation: 'the held-out rows',
  windows: 'the windows',
  weights: 'the sample weights',
}

/**
 * Makes sure that a training can go on from a checkpoint. More epochs and more patience are allowed, where the
 * learning rate does not depend on them; how often checkpoints are written does not matter.
 * @throws TempocodeError `option`, `data` or `model` that names the first difference
 */
export function checkResume({ settings, columns, layers, data }: Basis, checkpoint: Checkpoint): void {
  const before = { ...checkpoint.settings, engine: checkpoint.engine.name }
  if (before.engine === 'onnx') {
    before.device = checkpoint.engine.device as TrainingDevice
    before.threads = checkpoint.engine.threads
  }
  for (const name of Object.keys(settings) as (keyof PlannedSettings)[]) {
    const [ours, theirs] = [settings[name], before[name]].map((value) => JSON.stringify(value))
    if (ours !== theirs && !mayChange[name]?.(settings, before))
      fail('option', `${name} is ${ours}, the checkpoint's ${theirs}`)
  }
  const [ours, theirs] = [columns, checkpoint.columns].map((names) => names.join(', '))
  if (ours !== theirs) fail('data', `the columns are ${ours}, the checkpoint's ${theirs}`)
  const difference = layerDifference(layers, checkpoint.layers)
  if (difference) fail('model', difference)
  for (const [part, words] of Object.entries(DATA) as [keyof DataDigests, string][]) {
    if (data[part] !== checkpoint.data[part]) fail('data', `${words} are not the checkpoint's`)
  }
}

/**
 * Makes sure that tfjs, whose backend is set for all of it, has the one that the checkpoint was computed by.
 * @throws TempocodeError `device`
 */
export function checkDevice({ device }: Pick<Engine, 'device'>, { engine }: Checkpoint): void {
  if (device !== engine.device)
    fail('device', `tfjs computes with its backend ${device}, the checkpoint's was ${engine.device}`)
}

const mayChange: {
  [name in keyof PlannedSettings]?: (settings: PlannedSettings, before: PlannedSettings) => boolean
} = {
  epochs: ({ epochs, schedule }, before) => epochs > before.epochs && schedule !== 'cosine',
  patience: ({ patience, schedule }, before) => patience > before.patience && schedule !== 'plateau',
  checkpointEvery: () => true,
  engine: ({ engine }) => engine === 'auto',
  device: ({ device }) => device === 'auto',
  threads: ({ threads }) => threads === 'auto',
}

function fail(code: ErrorCode, difference: string): never {
  throw new TempocodeError(code, `cannot resume: ${difference}`)
}
