import { TempocodeError } from '@tempocode/core'
import type { Checkpoint, MissingPolicy, Settings } from '@tempocode/trainer'
import { type OptimizerFlags, optimizerOptions } from './optimizer.js'

/** How the data are read. */
export interface SourceOptions {
  time?: string
  columns?: string[]
  groupBy?: string
  missing: MissingPolicy
}

export interface NetworkOptions {
  window: number
  units: number[]
  activation: 'tanh' | 'relu'
}

/** The flags of `train`, but for those that say where to write and what to print. */
export interface TrainFlags
  extends Omit<Settings, 'optimizer'>,
    OptimizerFlags,
    SourceOptions,
    NetworkOptions {}

/** What to train, on what, and how. */
export interface TrainPlan {
  source: SourceOptions
  network: NetworkOptions
  settings: Settings
}

/**
 * What the flags say; where training goes on from a checkpoint, what it says, but for the flags that were given.
 * @param isGiven whether a flag was given: all have a value
 * @throws TempocodeError `option` for flags that do not go together, `file` where the checkpoint is not the command's
 */
export function trainPlan(
  flags: TrainFlags,
  isGiven: (name: keyof TrainFlags) => boolean,
  checkpoint?: Checkpoint,
): TrainPlan {
  const { time, columns, groupBy, missing, window, units, activation, ...rest } = flags
  const { optimizer, momentum, nesterov, weightDecay, ...settings } = rest
  const optimizerFlags = { optimizer, momentum, nesterov, weightDecay }
  const plan: TrainPlan = {
    source: { time, columns, groupBy, missing },
    network: { window, units, activation },
    settings: { ...settings, optimizer: optimizerOptions(optimizerFlags) },
  }
  if (!checkpoint) return plan
  const { source, network } = detailsOf(checkpoint)
  const given = <T extends object>(part: T) =>
    Object.fromEntries(
      Object.entries(part).filter(([name]) => isGiven(name as keyof TrainFlags)),
    ) as Partial<T>
  const isOptimizerGiven = (Object.keys(optimizerFlags) as (keyof OptimizerFlags)[]).some(isGiven)
  const before = { ...checkpoint.settings, ...given(settings) }
  return {
    source: { ...source, ...given(plan.source) },
    network: { ...network, ...given(plan.network) },
    settings: isOptimizerGiven ? { ...before, optimizer: plan.settings.optimizer } : before,
  }
}

/** What the command writes into its checkpoints. */
export function detailsOf({ details }: Checkpoint): Pick<TrainPlan, 'source' | 'network'> {
  if (!details || !('source' in details) || !('network' in details)) {
    throw new TempocodeError('file', 'the checkpoint is not one of the command; resume it with fit')
  }
  const { time, columns, groupBy, missing } = details.source as SourceOptions
  return { source: { time, columns, groupBy, missing }, network: details.network as NetworkOptions }
}
