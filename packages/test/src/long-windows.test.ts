import { gruAutoencoder, lstmAutoencoder } from '@tempocode/models'
import { expect, test } from 'vitest'
import { TrainingGraph } from './run-training.js'

const SMALLEST = 2 ** -126 // smaller ones are denormal
const WINDOW = 600

const scaler = { kind: 'none' as const, center: [0], scale: [1] }

test.each([
  ['LSTM', lstmAutoencoder, { units: [8] }],
  ['LSTM, two layers', lstmAutoencoder, { units: [8, 4] }],
  ['LSTM, padded', lstmAutoencoder, { units: [8], masked: true }],
  ['GRU', gruAutoencoder, { units: [8] }],
])('gradients that go back over hundreds of steps are no denormal numbers: %s', async (_, build, options) => {
  const model = build({ window: WINDOW, columns: 1, ...options })
  // All rows but the first one are 0, so that the kernel's gradient is that of the first step.
  const series = { values: Float32Array.from({ length: WINDOW }, (_, row) => Number(row === 0)), columns: 1 }
  const batch = { starts: [0], lengths: 'masked' in options ? [WINDOW] : undefined }
  const { gradients } = await TrainingGraph.gradients(model, { scaler, loss: 'mse' }, series, batch)
  const sizes = Array.from(gradients[0], Math.abs).filter((size) => size > 0) // a forget gate has nothing to forget yet
  expect(sizes).not.toHaveLength(0)
  expect(Math.min(...sizes)).toBeGreaterThan(SMALLEST)
  model.dispose()
})
