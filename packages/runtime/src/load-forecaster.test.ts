import { expect, test } from 'vitest'
import { loadForecaster, verifyFile } from './node.js'
import { writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import { forecasterMetadata, writeForecaster } from './testing/forecaster-file.js'

test('an encoder is no forecaster', async () => {
  expect(await failure(() => loadForecaster(writeEncoder()))).toMatchObject({
    code: 'model',
    message: 'the file is an encoder; a forecaster is needed',
  })
})

const [forecast, lower, upper] = ['forecast', 'lower', 'upper'].map((name) => ({
  name,
  dims: ['batch', 3, 1],
}))
const input = { name: 'input', dims: ['batch', 4, 4] }
const due = 'must be input: float32[batch, 4, 4] and group: int32[batch]'
test.each<[string, object, string]>([
  ['no bounds', { outputs: [forecast] }, 'must be forecast: float32[batch, 3, 1] and lower: float32'],
  ['more steps', { outputs: [{ ...forecast, dims: ['batch', 4, 1] }, lower, upper] }, 'its output is'],
  ['no group', { inputs: [input] }, due],
  ['groups of another type', { inputs: [input, { name: 'group', dims: ['batch'] }] }, due],
  [
    'no cycles',
    {
      inputs: [
        { ...input, dims: ['batch', 4, 2] },
        { name: 'group', type: 6, dims: ['batch'] },
      ],
    },
    due,
  ],
])('a graph with %s other than its metadata say is refused', async (_, graph, message) => {
  const error = await failure(() => loadForecaster(writeForecaster({}, graph)))
  expect(error.code).toBe('model')
  expect(error.message).toContain(message)
})

// The first group's scale is 4, the second's 2; all forecasts are about 100 and -20 large.
test.each([
  ['forecast', 0, 0.5, 0.005],
  ['lower', 5, 0.5, 0.025],
  ['upper', 4, 0.5, 0.025],
])('%s off at %i fails, measured by the forecast of its window', async (output, place, off, about) => {
  const { golden } = forecasterMetadata()
  golden.outputs[output].data[place] += off
  const file = writeForecaster({ golden })
  const error = await failure(() => loadForecaster(file, { device: 'cpu', verify: true }))
  expect(error.code).toBe('verification')
  const measured = Number(/off by ([\d.e-]+) of/.exec(error.message)?.[1])
  expect(measured).toBeGreaterThan(about / 3)
  expect(measured).toBeLessThan(about * 3)
})

test('verifyFile knows forecasters', async () => {
  const { error, device } = await verifyFile(writeForecaster(), { device: 'wasm' })
  expect(error).toBeLessThan(1e-6)
  expect(device).toBe('wasm')
})
