import { readFileSync } from 'node:fs'
import { lstmAutoencoder } from '@tempocode/models'
import { loadEncoder } from '@tempocode/runtime'
import { seriesOf } from '@tempocode/trainer'
import { fit } from '@tempocode/trainer/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { relativeError } from './random-models.js'

const place = new Workplace()
const series = seriesOf(
  Array.from({ length: 200 }, (_, t) => [Math.sin(t / 3), Math.cos(t / 7)]),
  { columns: ['a', 'b'] },
)

beforeAll(async () => {
  for (const activation of ['relu', 'tanh'] as const) {
    const model = lstmAutoencoder({ window: 6, columns: 2, units: [4], activation, seed: 1 })
    const run = await fit(model, series, { epochs: 1, validationSplit: 0 })
    await run.save(place.path(activation))
  }
})
afterAll(() => place.remove())

const REASON = "cuda's LSTM computes with Sigmoid, Tanh, Tanh alone, and this one with Sigmoid, Relu, Relu"

test('a relu encoder has a plain form beside it, and inspect says what for', async () => {
  const { stdout } = await place.run('inspect', 'relu')
  expect(stdout).toMatch(/^runs on +cpu, wasm, webgpu$/m)
  expect(stdout).toContain('not on cuda')
  expect(stdout).toContain(`(LSTM): ${REASON}; ONNX Runtime would hand it to the processor`)
  expect(stdout).toContain('encoder.plain.onnx beside it runs on cuda')
  expect(readFileSync(place.path('relu/README.md'), 'utf8')).toContain(`for CUDA: ${REASON}`)

  const json = JSON.parse((await place.run('inspect', 'relu', '--json')).stdout)
  expect(json.devices).toMatchObject({ cpu: [], cuda: [{ operator: 'LSTM', reason: REASON }], webgpu: [] })
  expect(json.plain).toContain('encoder.plain.onnx')
})

test('the plain form runs on cuda by its table, and gives the same features here', async () => {
  const { stdout } = await place.run('inspect', 'relu/encoder.plain.onnx', '--verify', '--device', 'cpu')
  expect(stdout).toMatch(/^runs on +cpu, cuda, wasm$/m)
  expect(stdout).toMatch(/^not on webgpu +node Scan_\d+ \(Scan\): webgpu has no kernel for Scan/m)
  expect(stdout).toMatch(/^verified +on cpu/m)
  const features = await Promise.all(
    ['encoder.onnx', 'encoder.plain.onnx'].map(async (name) => {
      const encoder = await loadEncoder(place.path('relu', name), { device: 'cpu' })
      const { data } = await encoder.encodeSeries(series.values)
      await encoder.dispose()
      return data
    }),
  )
  expect(relativeError(features[1], features[0])).toBeLessThanOrEqual(1e-5)
})

test('a tanh encoder needs none', async () => {
  const { stdout } = await place.run('inspect', 'tanh')
  expect(stdout).toMatch(/^runs on +cpu, cuda, wasm, webgpu$/m)
  expect(place.list()).not.toContain('tanh/encoder.plain.onnx')
  expect(readFileSync(place.path('tanh/README.md'), 'utf8')).not.toContain('encoder.plain.onnx')
})

test('a file that cuda does not run is refused by the command', async () => {
  const { code, stderr } = await place.run('inspect', 'relu', '--verify', '--device', 'cuda')
  expect(code).toBe(1)
  expect(stderr).toContain(`(LSTM): ${REASON}`)
})
