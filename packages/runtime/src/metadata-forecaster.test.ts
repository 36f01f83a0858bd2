import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFloats } from './base64.js'
import { readMetadata, writeMetadata } from './metadata.js'
import { failure } from './testing/failure.js'
import { forecasterMetadata, plainForecaster } from './testing/forecaster-file.js'

const pairs = writeMetadata(forecasterMetadata())

test('what is written is read back', () => {
  for (const metadata of [forecasterMetadata(), plainForecaster().metadata])
    expect(readMetadata(writeMetadata(metadata))).toEqual(metadata)
})

const stored = JSON.parse(pairs['tempocode.golden'])
const golden = (change: object) => JSON.stringify({ ...stored, ...change })
const outputs = (change: object) => golden({ outputs: { ...stored.outputs, ...change } })
const floats = (...values: number[]) => JSON.stringify(encodeFloats(Float32Array.from(values)))
const what =
  'must be an input [n, 4, 4], n groups of 0 to 1, outputs forecast [n, 3, 1], lower [n, 3, 1], upper [n, 3, 1]'

test.each([
  ['kind', 'report', 'must be "encoder", "decoder", "stream", "detector" or "forecaster"'],
  ['horizon', '0', 'must be a whole number above 0'],
  ['targets', '[]', 'metadata tempocode.targets must be the first of the columns, and is []'],
  ['targets', '["flow"]', 'must be the first of the columns'],
  ['targets', '["pressure","flow"]', 'must be the last of the columns, and no targets'],
  ['known', '["pressure"]', 'must be the last of the columns, and no targets'],
  ['known', '["pressure","flow"]', 'must be the last of the columns, and no targets'],
  ['cycles', '["month"]', 'must be a list of different cycles of day, week and year'],
  ['cycles', '["day","day"]', 'must be a list of different cycles'],
  ['cycles', '["day","week"]', 'must be an input [n, 4, 6]'],
  ['groups', '["pump","pump"]', 'must be a list of different names'],
  ['groups', '["pump"]', 'tempocode.scale must be 2 finite floats as base64'],
  ['features', '0', 'must be a whole number above 0'],
  ['coverage', '1', 'must be a number between 0 and 1'],
  ['season', '1.5', 'must be a whole number above 0'],
  ['center', floats(1, 2, 3), 'metadata tempocode.center must be 4 finite floats as base64'],
  ['center', floats(1, 2, 3, Number.NaN), 'must be 4 finite floats'],
  ['scale', floats(1, 2, 0, 4), 'metadata tempocode.scale must be above 0'],
  ['scale', 'null', 'must be 4 finite floats'],
  ['golden', '7', what],
  ['golden', golden({ input: { ...stored.input, shape: [4, 4, 2] } }), what],
  ['golden', golden({ group: undefined }), what],
  ['golden', golden({ group: [0, 2] }), what],
  ['golden', golden({ group: [0] }), what],
  ['golden', golden({ tolerance: 0 }), what],
  ['golden', outputs({ lower: undefined }), what],
  ['golden', outputs({ upper: { ...stored.outputs.upper, shape: [1, 6, 1] } }), what],
])('%s = %.60s is refused', async (key, value, message) => {
  const error = await failure(() => readMetadata({ ...pairs, [`tempocode.${key}`]: value }, 'a.onnx'))
  expect(error).toMatchObject({ code: 'model', place: { file: 'a.onnx' } })
  expect(error.message).toContain(message)
})

test('cycles without a time step are refused', async () => {
  const { 'tempocode.timeStep': _, ...rest } = pairs
  expect((await failure(() => readMetadata(rest))).message).toBe(
    'metadata tempocode.timeStep is missing: cycles need it',
  )
})

test('groups of windows are refused where there is one group at most', async () => {
  const { metadata } = plainForecaster()
  const wrong = writeMetadata({ ...metadata, golden: { ...metadata.golden, group: [0, 0] } })
  expect((await failure(() => readMetadata(wrong))).message).toContain('must be an input [n, 4, 2], outputs')
})

const needed = ['version', 'columns', 'window', 'horizon', 'targets', 'center', 'scale', 'golden']
test.each(needed)('a file without %s is refused', async (name) => {
  const { [`tempocode.${name}`]: _, ...rest } = pairs
  expect((await failure(() => readMetadata(rest))).message).toBe(
    `not a Tempocode file: its metadata lack tempocode.${name}`,
  )
})

test('any change of a value is read or refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(pairs)), fc.oneof(fc.string(), fc.json()), (key, value) => {
      try {
        readMetadata({ ...pairs, [key]: value })
      } catch (error) {
        expect(error).toMatchObject({ name: 'TempocodeError', code: 'model' })
      }
    }),
    { seed: 3, numRuns: 2000 },
  )
})
