import { TempocodeError } from '@tempocode/core'
import {
  type DenseAutoencoderOptions,
  denseAutoencoder,
  denseUnits,
  gruAutoencoder,
  type LstmAutoencoderOptions,
  lstmAutoencoder,
  stackedAutoencoder,
} from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import type { Command } from 'commander'
import {
  choiceOption,
  countOption,
  countsOption,
  numberOption,
  rowsOrShiftedOption,
  someOption,
} from './options.js'

export type ModelName = 'dense' | 'stacked' | 'lstm' | 'gru'

/** The flags of `train` that describe the network; those of which a model has no such option are undefined. */
export interface NetworkOptions
  extends Omit<LstmAutoencoderOptions, 'columns' | 'seed' | 'activation'>,
    Pick<DenseAutoencoderOptions, 'tied' | 'activation' | 'relative'> {
  model: ModelName
}

interface Model {
  build(options: NetworkOptions & { columns: number; seed: number }): tf.LayersModel
  units: (window: number, columns: number) => readonly number[]
  /** Its default units in words. */
  unitsText: string
  activation: NonNullable<NetworkOptions['activation']>
  /** The options that it has beside window, units and activation. */
  options: readonly (keyof NetworkOptions)[]
}

const OF_DENSE = ['tied', 'dropout', 'l1', 'relative'] as const
const OF_RECURRENT = ['heads', 'horizon', 'bidirectional', 'dropout', 'l1', 'reversed', 'masked'] as const

/** The builders' defaults are these too: a test compares them. */
export const MODELS: Record<ModelName, Model> = {
  lstm: {
    build: (options) => lstmAutoencoder(options as LstmAutoencoderOptions),
    units: () => [64, 32],
    unitsText: '64,32',
    activation: 'tanh',
    options: [...OF_RECURRENT, 'decoderState', 'conditional'],
  },
  gru: {
    build: (options) => gruAutoencoder(options as LstmAutoencoderOptions),
    units: () => [64, 32],
    unitsText: '64,32',
    activation: 'tanh',
    options: OF_RECURRENT,
  },
  dense: {
    build: (options) => denseAutoencoder(options),
    units: denseUnits,
    unitsText: "a third of the window's numbers, at most 64,",
    activation: 'relu',
    options: OF_DENSE,
  },
  stacked: {
    build: (options) => stackedAutoencoder(options),
    units: () => [64, 32, 16],
    unitsText: '64,32,16',
    activation: 'tanh',
    options: OF_DENSE,
  },
}

const NAMES = Object.keys(MODELS) as ModelName[]
/** Options of some models, in the order in which they are shown. */
const SOME = [...new Set(NAMES.flatMap((name) => MODELS[name].options))]

/** The names of all network options. */
export const NETWORK: readonly (keyof NetworkOptions)[] = ['model', 'window', 'units', 'activation', ...SOME]

export function addNetworkOptions(command: Command): Command {
  const units = NAMES.map((name) => `${MODELS[name].unitsText} for ${name}`).join('; ')
  return command
    .addOption(choiceOption('--model <name>', 'the kind of network', NAMES).default('lstm'))
    .addOption(countOption('--window <rows>', 'rows in a window').default(24))
    .addOption(
      countsOption(
        '--units <counts>',
        `units of each encoder layer; the last is the number of features (default: ${units})`,
      ),
    )
    .addOption(
      choiceOption(
        '--activation <name>',
        'of the layers (sigmoid: dense, stacked; default: tanh, relu for dense)',
        ['tanh', 'relu', 'sigmoid'],
      ),
    )
    .addOption(
      someOption('--heads <names>', `what it learns to give ${of('heads')}`, [
        'reconstruction',
        'prediction',
      ]),
    )
    .addOption(
      rowsOrShiftedOption(
        '--horizon <rows>',
        `rows after the window that are predicted; or "shifted", the window shifted by one ${of('horizon')}`,
      ),
    )
    .option('--tied', "the decoder uses the encoder's kernels, transposed (dense; stacked does anyway)")
    .option('--no-tied', 'the decoder has kernels of its own (stacked; dense has anyway)')
    .option('--bidirectional', `the encoder reads windows in both directions ${of('bidirectional')}`)
    .addOption(
      numberOption(
        '--dropout <rate>',
        'of values between layers of the encoder, while training',
        '0 to below 1',
        (rate) => rate < 1,
      ),
    )
    .addOption(
      numberOption('--l1 <number>', 'the price of large features, for a sparse code', 'a number from 0 on'),
    )
    .option('--relative', `the code is of the changes from the window's last row alone ${of('relative')}`)
    .option('--reversed', `windows are reconstructed from their last row to their first ${of('reversed')}`)
    .option('--decoder-state', `decoders start from the encoder's state, too ${of('decoderState')}`)
    .option('--conditional', `decoders are fed what they gave for the row before ${of('conditional')}`)
    .option('--masked', `groups may be shorter than a window, which is then padded ${of('masked')}`)
}

/** The models that have an option, in brackets. */
const of = (name: keyof NetworkOptions) => `(${modelsWith(name).join(', ')})`

const modelsWith = (name: keyof NetworkOptions) =>
  NAMES.filter((model) => MODELS[model].options.includes(name))

/**
 * The network that the flags describe; units that were not given are those that `withUnits` adds.
 * @throws TempocodeError `option` for an option that the model does not have
 */
export function networkOptions({
  model,
  window,
  units,
  activation,
  ...rest
}: NetworkOptions): NetworkOptions {
  const given = SOME.flatMap((name) => {
    const value = rest[name as keyof typeof rest]
    return value === undefined ? [] : [[name, value] as const]
  })
  for (const [name] of given) {
    if (MODELS[model].options.includes(name)) continue
    const models = modelsWith(name).join(' or ')
    throw new TempocodeError('option', `${flagOf(name)} is of use with --model ${models} alone`)
  }
  return {
    model,
    window,
    ...(units && { units }),
    activation: activation ?? MODELS[model].activation,
    ...Object.fromEntries(given),
  }
}

/** The network with its units, where none were given those of its kind. */
export const withUnits = (network: NetworkOptions, columns: number): NetworkOptions => ({
  ...network,
  units: network.units ?? MODELS[network.model].units(network.window, columns),
})

/** @throws TempocodeError `option` where options do not go together */
export function buildNetwork(
  { model, ...options }: NetworkOptions,
  columns: number,
  seed: number,
): tf.LayersModel {
  return MODELS[model].build({ ...options, columns, seed } as Parameters<Model['build']>[0])
}

/** The network in words: `lstm of 64,32 units, relu, bidirectional, dropout 0.1`. */
export function describeNetwork({ model, units, activation, ...rest }: NetworkOptions): string {
  const words = SOME.flatMap((name) => {
    const value = rest[name as keyof typeof rest]
    if (value === undefined) return []
    if (typeof value === 'boolean') return [value ? wordOf(name) : `not ${wordOf(name)}`]
    return [`${wordOf(name)} ${[value].flat().join(' + ')}`]
  })
  return [
    `${model} of ${units} units`,
    ...(activation === MODELS[model].activation ? [] : [activation]),
    ...words,
  ].join(', ')
}

const wordOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const flagOf = (name: string) => `--${wordOf(name)}`
