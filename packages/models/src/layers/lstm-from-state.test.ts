import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { normal, predict, randomize, reload, weightsOf } from '../testing/tensors.js'
import { LstmFromState, type LstmFromStateArgs } from './lstm-from-state.js'

const inputs = () => [tf.input({ shape: [5, 2] }), tf.input({ shape: [3] }), tf.input({ shape: [3] })]

const modelOf = (args: Partial<LstmFromStateArgs>) => {
  const all = inputs()
  const layer = new LstmFromState({ name: 'lstm', units: 3, ...args })
  return randomize(tf.model({ inputs: all, outputs: layer.apply(all) as tf.SymbolicTensor }), 1)
}

const batch = [normal([2, 5, 2], 5), normal([2, 3], 6), normal([2, 3], 7)]

test.each([{}, { activation: 'relu', recurrentActivation: 'hardSigmoid' }] as const)(
  '%j: the bits of tfjs’s LSTM with an initial state',
  async (args) => {
    const model = modelOf(args)
    const [x, ...state] = inputs()
    const same = tf.layers.lstm({ units: 3, recurrentActivation: 'sigmoid', ...args, returnSequences: true })
    const theirs = same.apply(x, { initialState: state }) as tf.SymbolicTensor
    const reference = tf.model({ inputs: [x, ...state], outputs: theirs })
    reference.setWeights(model.getWeights())

    expect(model.outputs[0].shape).toEqual([null, 5, 3])
    expect(predict(model, batch)).toEqual(predict(reference, batch))
    expect(predict(await reload(model), batch)).toEqual(predict(model, batch))
  },
)

test('its weights are named and ordered as an LSTM’s', () => {
  const model = modelOf({})
  expect(model.weights.map(({ originalName }) => originalName)).toEqual([
    'lstm/kernel',
    'lstm/recurrent_kernel',
    'lstm/bias',
  ])
  expect(weightsOf<number[][]>(model.getLayer('lstm')).map(({ length }) => length)).toEqual([2, 3, 12])
})

test('units that are none are refused', () => {
  expect(() => new LstmFromState({ units: 0 })).toThrow(TempocodeError)
})
