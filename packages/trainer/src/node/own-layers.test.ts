import { forecaster, lstmAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { ownLayersOf } from './own-layers.js'

beforeAll(() => tf.enableProdMode())

const size = { window: 6, columns: 3, units: [4] }

test('the layers that tfjs knows from us alone, each once, those inside others included', () => {
  expect(ownLayersOf(lstmAutoencoder(size))).toEqual([])
  expect(ownLayersOf(lstmAutoencoder({ ...size, masked: true, reversed: true }))).toEqual([
    'ReverseTime',
    'Unmask',
  ])
  expect(ownLayersOf(forecaster({ ...size, horizon: 2 }))).toEqual(['ColumnDense', 'Crop', 'Subtract'])
})
