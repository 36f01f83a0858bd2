import { expect, test } from 'vitest'
import {
  readMetadata,
  readTrainingMetadata,
  type TrainingMetadata,
  writeTrainingMetadata,
} from './metadata.js'

const METADATA: TrainingMetadata = {
  version: '1.2.3',
  columns: ['a', 'b'],
  scaler: { kind: 'standard', center: [1, 2], scale: [3, 4] },
  window: 6,
  span: 9,
  stride: 2,
  seed: 7,
  timeStep: 60,
  groupBy: 'machine',
  dataDigest: 'abc',
  weights: ['d/kernel', 'd/bias'],
  frozen: [],
  dropout: { 'dropout/keep': 0.25 },
  settings: { loss: 'mse', clipNorm: 1 },
  evaluation: Uint8Array.of(0, 255, 128, 7),
}

test('what is written is read', () => {
  expect(readTrainingMetadata(writeTrainingMetadata(METADATA))).toEqual(METADATA)
})

test('what runs encoders does not take it for one', () => {
  expect(() => readMetadata(writeTrainingMetadata(METADATA))).toThrow('tempocode.kind must be "encoder"')
})

test.each<[string, string, string]>([
  ['format', '2', 'metadata format 2 is unknown'],
  ['kind', 'encoder', 'tempocode.kind must be "training", and is "encoder"'],
  ['span', '0', 'tempocode.span must be a whole number above 0'],
  ['weights', '[]', 'tempocode.weights must be a list of weights'],
  ['frozen', '[1]', 'tempocode.frozen must be a list of weights'],
  ['dropout', '{"x":1}', 'tempocode.dropout must be rates from 0 to below 1'],
  ['settings', '[]', 'tempocode.settings must be options by their names'],
  ['evaluation', '*', 'tempocode.evaluation must be a file as base64'],
])('a wrong %s is refused', (key, value, message) => {
  const pairs = { ...writeTrainingMetadata(METADATA), [`tempocode.${key}`]: value }
  expect(() => readTrainingMetadata(pairs, 'training.onnx')).toThrow(`training.onnx: `)
  expect(() => readTrainingMetadata(pairs)).toThrow(message)
})
