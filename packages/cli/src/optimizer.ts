import { TempocodeError } from '@tempocode/core'
import type { OptimizerName, OptimizerOptions } from '@tempocode/trainer'
import type { Command } from 'commander'
import { choiceOption, numberOption } from './options.js'

/** The optimizer's flags; `fit` takes them as one object. */
export interface OptimizerFlags {
  optimizer: OptimizerName
  momentum?: number
  nesterov?: boolean
  weightDecay?: number
}

const NAMES = ['adam', 'adamw', 'sgd', 'rmsprop'] satisfies OptimizerName[]
/** Flag, and the optimizers that have such a setting. */
const SETTINGS = {
  momentum: ['--momentum', ['sgd', 'rmsprop']],
  nesterov: ['--nesterov', ['sgd']],
  weightDecay: ['--weight-decay', ['adamw']],
} as const

export function addOptimizerOptions(command: Command): Command {
  return command
    .addOption(choiceOption('--optimizer <name>', 'what turns gradients into steps', NAMES).default('adam'))
    .addOption(
      numberOption('--momentum <part>', 'of sgd and rmsprop (default: 0)', '0 to below 1', (x) => x < 1),
    )
    .option('--nesterov', "sgd's momentum as by Nesterov")
    .addOption(numberOption('--weight-decay <rate>', 'of adamw (default: 0.004)', 'a number from 0 on'))
}

/** @throws TempocodeError `option` for a setting that the optimizer does not have */
export function optimizerOptions({ optimizer: name, ...flags }: OptimizerFlags): OptimizerOptions {
  for (const [key, [flag, names]] of Object.entries(SETTINGS)) {
    if (flags[key as keyof typeof SETTINGS] === undefined || names.some((other) => other === name)) continue
    throw new TempocodeError('option', `${flag} is of use with --optimizer ${names.join(' or ')} alone`)
  }
  return { name, ...flags } as OptimizerOptions
}
