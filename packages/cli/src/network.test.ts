import { TempocodeError } from '@tempocode/core'
import { denseAutoencoder, gruAutoencoder, lstmAutoencoder, stackedAutoencoder } from '@tempocode/models'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import {
  addNetworkOptions,
  buildNetwork,
  describeNetwork,
  MODELS,
  type ModelName,
  NETWORK,
  type NetworkOptions,
  networkOptions,
  withUnits,
} from './network.js'

const builders = {
  dense: denseAutoencoder,
  stacked: stackedAutoencoder,
  lstm: lstmAutoencoder,
  gru: gruAutoencoder,
}
const NAMES = Object.keys(builders) as ModelName[]

/** What `train` makes of these flags. */
function parsed(...argv: string[]): NetworkOptions {
  const command = addNetworkOptions(new Command().exitOverride())
  return networkOptions(command.parse(argv, { from: 'user' }).opts())
}

test.each(NAMES)('%s has the builder’s defaults', (name) => {
  const model = buildNetwork(parsed('--model', name), 2, 0)
  const expected = builders[name]({ window: 24, columns: 2 })
  expect(model.toJSON(null, false)).toEqual(expected.toJSON(null, false))
})

test('each flag gets to the builder', () => {
  const all = {
    lstm: '--units 6 --activation relu --heads prediction,reconstruction --horizon 3 --reversed --l1 0.5 --decoder-state',
    gru: '--units 6,4 --dropout 0.25 --bidirectional --masked --heads prediction --horizon shifted',
    dense: '--units 6,4 --activation sigmoid --tied --dropout 0.5 --relative',
    stacked: '--no-tied --window 5',
  }
  const options = {
    lstm: {
      units: [6],
      activation: 'relu' as const,
      heads: ['prediction', 'reconstruction'] as const,
      horizon: 3,
      reversed: true,
      l1: 0.5,
      decoderState: true,
    },
    gru: {
      units: [6, 4],
      dropout: 0.25,
      bidirectional: true,
      masked: true,
      heads: ['prediction'] as const,
      horizon: 'shifted' as const,
    },
    dense: { units: [6, 4], activation: 'sigmoid' as const, tied: true, dropout: 0.5, relative: true },
    stacked: { tied: false, window: 5 },
  }
  const expected = {
    lstm: lstmAutoencoder({ window: 24, columns: 2, ...options.lstm }),
    gru: gruAutoencoder({ window: 24, columns: 2, ...options.gru }),
    dense: denseAutoencoder({ window: 24, columns: 2, ...options.dense }),
    stacked: stackedAutoencoder({ columns: 2, ...options.stacked }),
  }
  for (const name of NAMES) {
    const model = buildNetwork(parsed('--model', name, ...all[name].split(' ')), 2, 0)
    expect(model.toJSON(null, false)).toEqual(expected[name].toJSON(null, false))
  }
  const conditional = buildNetwork(parsed('--units', '3', '--conditional'), 2, 0)
  expect(conditional.layers.map((layer) => layer.getClassName())).toContain('ConditionalDecoder')
})

const values: Partial<Record<keyof NetworkOptions, unknown>> = {
  heads: ['prediction'],
  horizon: 2,
  dropout: 0.1,
  l1: 1,
}
const others = NETWORK.slice(4).flatMap((option) =>
  NAMES.filter((name) => !MODELS[name].options.includes(option)).map((name) => [name, option] as const),
)
test.each(others)('%s has no %s, and others that have are named', (model, option) => {
  const options = { model, window: 4, activation: 'tanh', [option]: values[option] ?? true } as NetworkOptions
  expect(() => networkOptions(options)).toThrow(TempocodeError)
  const having = NAMES.filter((name) => MODELS[name].options.includes(option))
  for (const name of having)
    expect(() => networkOptions(options)).toThrow(new RegExp(`--model .*\\b${name}\\b`))
})

test('in words', () => {
  expect(describeNetwork(withUnits(parsed(), 2))).toBe('lstm of 64,32 units')
  expect(
    describeNetwork(
      withUnits(parsed('--model', 'dense', '--tied', '--activation', 'tanh', '--l1', '0.1'), 2),
    ),
  ).toBe('dense of 16 units, tanh, l1 0.1, tied')
})
