import { TempocodeError } from '@tempocode/core'
import type { Checkpoint, MissingPolicy, Settings } from '@tempocode/trainer'
import { NETWORK, type NetworkOptions, networkOptions } from './network.js'
import { type OptimizerFlags, optimizerOptions } from './optimizer.js'

/** How the data are read. */
export interface SourceOptions {
  time?: string
  columns?: string[]
  groupBy?: string
  missing: MissingPolicy
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
  const optimizer = pick(flags, OPTIMIZER)
  const known: readonly string[] = [...SOURCE, ...NETWORK, ...OPTIMIZER]
  const settings = Object.fromEntries(
    Object.entries(flags).filter(([name]) => !known.includes(name)),
  ) as Omit<Settings, 'optimizer'>
  const plan: TrainPlan = {
    source: pick(flags, SOURCE),
    network: pick(flags, NETWORK),
    settings: { ...settings, optimizer: optimizerOptions(optimizer) },
  }
  if (!checkpoint) return checked({ ...plan, network: networkOptions(plan.network) })
  const { source, network } = detailsOf(checkpoint)
  const given = <T extends object>(part: T) =>
    Object.fromEntries(
      Object.entries(part).filter(([name]) => isGiven(name as keyof TrainFlags)),
    ) as Partial<T>
  const before = { ...checkpoint.settings, ...given(settings) }
  return checked({
    source: { ...source, ...given(plan.source) },
    network: networkOptions({ ...network, ...given(plan.network) }),
    settings: OPTIMIZER.some(isGiven) ? { ...before, optimizer: plan.settings.optimizer } : before,
  })
}

function checked(plan: TrainPlan): TrainPlan {
  if (!plan.network.masked || plan.source.groupBy !== undefined) return plan
  throw new TempocodeError('option', '--masked needs --group-by, which tells the sequences apart')
}

const SOURCE = ['time', 'columns', 'groupBy', 'missing'] as const
const OPTIMIZER = ['optimizer', 'momentum', 'nesterov', 'weightDecay'] as const

function pick<T extends object, K extends keyof T>(object: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, object[name]])) as Pick<T, K>
}

/** What the command writes into its checkpoints. */
export function detailsOf({ details }: Checkpoint): Pick<TrainPlan, 'source' | 'network'> {
  if (!details || !('source' in details) || !('network' in details)) {
    throw new TempocodeError('file', 'the checkpoint is not one of the command; resume it with fit')
  }
  return {
    source: pick(details.source as SourceOptions, SOURCE),
    network: details.network as NetworkOptions,
  }
}
