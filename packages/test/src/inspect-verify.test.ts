import { writeFileSync } from 'node:fs'
import { toDecoderOnnx, toDetectorOnnx, toForecasterOnnx, toOnnx, toStreamOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { decoderOf, encoderOf, lstmAutoencoder } from '@tempocode/models'
import { readModel, rewriteModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { forecasterFile } from './random-forecaster-files.js'
import { randomizeWeights } from './random-models.js'

// `tempocode inspect FILE --verify` of every kind of file, and of the same with weights that are not those of its example.

const place = new Workplace()
const details = { columns: ['pressure', 'flow'] }

beforeAll(async () => {
  await tf.setBackend('cpu')
  const model = lstmAutoencoder({ window: 4, columns: 2, units: [5, 3] })
  randomizeWeights(model, new Random(0, 'verify'))
  write('encoder', toOnnx(encoderOf(model), details))
  write('stream', toStreamOnnx(encoderOf(model), details))
  write('decoder', toDecoderOnnx(decoderOf(model)!, details))
  write('detector', toDetectorOnnx(model, { ...details, threshold: 2 }))
  const { model: network, options } = forecasterFile('all of that, and an encoder with masking')
  write('forecaster', toForecasterOnnx(network, options))
})
afterAll(() => place.remove())

function write(kind: string, bytes: Uint8Array) {
  writeFileSync(place.path(`${kind}.onnx`), bytes)
  const { metadata } = readModel(bytes)
  const valuesOf = (_: string, length: number) => new Float32Array(length).fill(0.5)
  writeFileSync(place.path(`other-${kind}.onnx`), rewriteModel(bytes, { metadata, valuesOf }))
}

describe.each([
  ['encoder', { features: '3', window: '4 rows; trained every 1' }],
  ['stream', { state: /^16 numbers between two rows$/, features: '3' }],
  ['decoder', { heads: 'reconstruction (rows 1 to 4)', samples: 'none: no features to draw from' }],
  ['detector', { compares: 'reconstruction (rows 1 to 4)', score: 'mean', threshold: '2', calibrated: 'no' }],
  [
    'forecaster',
    {
      window: /^6 rows, usually 3600 apart$/,
      forecasts: 'c0, c1, 4 rows ahead',
      interval: 'of 95 % of the values',
      'known ahead': 'c4',
      calendar: 'week',
      features: '5, of the encoder inside',
      scaler: 'standard, of each of 2 groups',
    },
  ],
])('%s', (kind, lines) => {
  test('is shown, and proved', async () => {
    const { code, stdout, stderr } = await place.run('inspect', `${kind}.onnx`, '--verify', '--device', 'cpu')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const shown = Object.fromEntries(stdout.split('\n').map((line) => line.split(/ {2,}/)))
    expect(shown.kind).toBe(kind)
    for (const [name, text] of Object.entries(lines)) expect(shown[name]).toMatch(text)
    expect(shown.verified).toMatch(/^on cpu: off by \d\.\de-\d+ of the largest value; 0\.00001 is allowed$/)
  })

  test('with other weights is refused', async () => {
    const { code, stdout, stderr } = await place.run('inspect', `other-${kind}.onnx`, '--verify')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^tempocode: other-\w+\.onnx: cpu is off by \S+ of the golden output's largest value; 0\.00001 is allowed\n$/,
    )
  })
})
