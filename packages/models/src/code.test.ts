import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { codeOf, findCode } from './code.js'
import { ConditionalDecoder } from './layers/conditional-decoder.js'
import { chain, twoHeads } from './testing/networks.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

const { dense, repeatVector, flatten } = tf.layers
const input = () => tf.input({ name: 'window', shape: [4] })
const model = (x: tf.SymbolicTensor, ...layers: tf.layers.Layer[]) =>
  tf.model({ name: 'some', inputs: x, outputs: chain(x, ...layers) })
const nameOf = (tensor?: tf.SymbolicTensor) => tensor?.sourceLayer.name

test('a layer named code comes before RepeatVector', () => {
  const both = model(input(), dense({ name: 'code', units: 3 }), dense({ name: 'next', units: 3 }))
  const repeated = chain(both.outputs[0], repeatVector({ name: 'repeat', n: 2 }))
  expect(nameOf(codeOf(tf.model({ inputs: both.inputs, outputs: repeated })))).toBe('code')
})

test('what goes into RepeatVector comes before the last encoder layer', () => {
  const layers = [dense({ name: 'encoder_1', units: 3 }), dense({ name: 'between', units: 3 })]
  const code = codeOf(model(input(), ...layers, repeatVector({ name: 'repeat', n: 2 })))
  expect([nameOf(code), code.shape]).toEqual(['between', [null, 3]])
})

test('of a layer that gives its state, too, the code is the output', () => {
  const code = codeOf(twoHeads())
  expect([nameOf(code), code.tensorIndex]).toEqual(['encoder_2', 0])
})

test('a ConditionalDecoder starts from the code', () => {
  const x = tf.input({ name: 'window', shape: [4, 2] })
  const layer = tf.layers.lstm({ name: 'first', units: 3, returnState: true })
  layer.setFastWeightInitDuringBuild(true)
  const [, h, c] = layer.apply(x) as tf.SymbolicTensor[]
  const outputs = new ConditionalDecoder({ units: 3, steps: 2, columns: 2 }).apply([h, c])
  const conditional = tf.model({ inputs: x, outputs: outputs as tf.SymbolicTensor })
  expect(codeOf(conditional)).toBe(h)
})

test('in a dense network the code is what the last encoder layer gives, by its number', () => {
  const layers = Array.from({ length: 10 }, (_, i) => dense({ name: `encoder_${i + 1}`, units: 10 - i }))
  expect(nameOf(codeOf(model(input(), ...layers, dense({ name: 'decoder_1', units: 4 }))))).toBe('encoder_10')
})

test('a layer that is asked for by name gives the code', () => {
  const layers = [dense({ name: 'code', units: 3 }), dense({ name: 'mine', units: 2 })]
  expect(nameOf(codeOf(model(input(), ...layers), 'mine'))).toBe('mine')
})

test('a model without a code says which layers it has', () => {
  const plain = model(input(), dense({ name: 'only', units: 3 }))
  expect(findCode(plain)).toBeUndefined()
  expect(() => codeOf(plain)).toThrow(
    new TempocodeError(
      'model',
      'model some has no code: no layer named code or encoder_1, no RepeatVector, no ConditionalDecoder; ' +
        'its layers are window, only',
    ),
  )
  expect(() => codeOf(plain, 'other')).toThrow(
    'model some has no layer named "other"; its layers are window, only',
  )
})

test('a sequence is no code', () => {
  const x = tf.input({ name: 'window', shape: [4, 2] })
  const sequence = model(x, dense({ name: 'code', units: 3 }), flatten({ name: 'flatten' }))
  expect(findCode(sequence)).toBeUndefined()
  expect(() => codeOf(sequence)).toThrow('layer code gives [batch, 4, 3]; a code is [batch, features]')
})
