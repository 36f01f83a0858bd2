import { expect, test } from 'vitest'
import { loadDecoder, loadEncoder } from './node.js'
import { decoderMetadata, HEADS, writeDecoder } from './testing/decoder-file.js'
import { writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

test('an encoder is no decoder, nor the other way round', async () => {
  expect(await failure(() => loadDecoder(writeEncoder()))).toMatchObject({
    code: 'model',
    message: 'the file is an encoder; a decoder is needed',
  })
  expect((await failure(() => loadEncoder(writeDecoder()))).message).toBe(
    'the file is a decoder; an encoder is needed',
  )
})

const [first, second] = HEADS.map(({ name, steps }) => ({ name, dims: ['batch', steps, 2] }))
const due = 'it must be reconstruction: float32[batch, 4, 2] and prediction: float32[batch, 2, 2]'
test.each<[string, object, string]>([
  [
    'a head fewer',
    { outputs: [first] },
    `its output is reconstruction: float32[batch, 4, 2]; by its metadata ${due}`,
  ],
  ['another length', { outputs: [first, { ...second, dims: ['batch', 3, 2] }] }, due],
  ['another name', { outputs: [first, { ...second, name: 'next' }] }, due],
  ['an open length', { outputs: [{ ...first, dims: ['batch', 'time', 2] }, second] }, due],
  [
    'other features',
    { inputs: [{ name: 'features', dims: ['batch', 4] }] },
    'must be features: float32[batch, 3]',
  ],
])('a graph with %s than its metadata say is refused', async (_, graph, message) => {
  const error = await failure(() => loadDecoder(writeDecoder({}, graph)))
  expect(error.code).toBe('model')
  expect(error.message).toContain(message)
})

test('the outputs may stand in another order', async () => {
  const decoder = await loadDecoder(writeDecoder({}, { outputs: [second, first] }), { verify: true })
  await decoder.dispose()
})

// The columns' scales are 4 and 0.5: what is small beside the one is large beside the other.
test.each([
  ['reconstruction', 0, 0.05, 0.05 / 12],
  ['prediction', 1, 0.05, 0.05 / 3],
])('%s off in column %i fails, measured by that column', async (head, column, off, about) => {
  const { golden } = decoderMetadata()
  const output = golden.outputs[head]
  output.data[column] += off
  const error = await failure(() => loadDecoder(writeDecoder({ golden }), { device: 'cpu', verify: true }))
  expect(error.code).toBe('verification')
  const measured = Number(/off by ([\d.e-]+) of/.exec(error.message)?.[1])
  expect(measured).toBeGreaterThan(about / 2)
  expect(measured).toBeLessThan(about * 2)
})
