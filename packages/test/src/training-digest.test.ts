import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { lstmAutoencoder } from '@tempocode/models'
import { fit } from '@tempocode/trainer'
import { readSeries, useFastTfjs } from '@tempocode/trainer/node'
import { expect, test } from 'vitest'

const DATA = new URL(
  '../../../node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv',
  import.meta.url,
)

// Whatever changes these weights in their last bit changes the digest: the seeded numbers, the order of windows, the
// scaler, the training graph, ONNX Runtime. If that was meant, the new digest belongs here.
test('on wasm with one thread, a training ends with the same bits on every machine', async () => {
  await useFastTfjs()
  const series = await readSeries(fileURLToPath(DATA))
  const model = lstmAutoencoder({ window: 24, columns: series.columns.length, units: [8, 4] })
  const run = await fit(model, series, {
    stride: 24,
    epochs: 3,
    schedule: 'cosine',
    learningRate: 0.01,
    engine: 'onnx',
    device: 'wasm',
  })
  expect(run.checkpoint.engine).toEqual({ name: 'onnx', device: 'wasm', threads: 1 })
  expect(run.finalLoss).toBeLessThan(run.initialLoss)
  const hash = createHash('sha256')
  for (const weight of model.getWeights()) hash.update(weight.dataSync() as Float32Array)
  expect(hash.digest('hex')).toBe('9cdcdc9eb4d7c4e0f457bb8e0078d479dc6a192e75fc0fc909709cfb95e513b1')
})
