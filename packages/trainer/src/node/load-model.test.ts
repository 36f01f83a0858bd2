import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gruAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { afterAll, expect, test } from 'vitest'
import { loadModel } from './load-model.js'
import { saveModel } from './save-model.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
const train = join(directory, 'train')
afterAll(() => rmSync(directory, { recursive: true }))

test('a model comes back as it was saved, with layers that tfjs knows from us alone', async () => {
  mkdirSync(train)
  const model = gruAutoencoder({ window: 5, columns: 2, units: [4], seed: 1 })
  await saveModel(model, train)
  const loaded = await loadModel(directory)
  const rows = tf.randomNormal([3, 5, 2], 0, 1, 'float32', 1)
  const [there, here] = [model, loaded].map((m) => (m.predict(rows) as tf.Tensor).dataSync())
  expect(here).toEqual(there)
})

test('one that is missing or damaged is refused', async () => {
  await expect(loadModel(join(directory, 'away'))).rejects.toThrow(
    /^cannot read the model .*: there is none$/,
  )
  truncateSync(join(train, 'weights.bin'), 40)
  await expect(loadModel(directory)).rejects.toThrow(/^cannot read the model .*model\.json: /)
})
