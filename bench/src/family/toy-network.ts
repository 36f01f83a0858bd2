import { lstmAutoencoder } from '@tempocode/models'
import { openEngine } from '@tempocode/trainer'
import { predict } from './errors.js'

// The sequence 0.1, 0.2 … 0.9 and the networks that learn it (Brownlee, A Gentle Introduction to LSTM Autoencoders).

export const TOYS = {
  reconstruction: ['reconstruction'],
  prediction: ['prediction'],
  composite: ['reconstruction', 'prediction'],
} as const
export type ToyName = keyof typeof TOYS

export const EPOCHS = 300
const SEQUENCE = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
const WINDOW = SEQUENCE.length

export interface ToyRun {
  /** The largest absolute error of each head. */
  errors: number[]
  /** Of each epoch, which is one step, before its update. */
  losses: number[]
}

/** Trains a toy with Keras's settings: no clipping, no scaler, and the last weights are kept. */
export async function trainToy(name: ToyName, activation: 'relu' | 'tanh', seed: number): Promise<ToyRun> {
  const heads = TOYS[name]
  const horizon = heads.some((head) => head === 'prediction') ? 'shifted' : undefined
  const model = lstmAutoencoder({
    window: WINDOW,
    columns: 1,
    units: [100],
    activation,
    heads,
    horizon,
    seed,
  })
  const task = {
    model,
    values: SEQUENCE,
    columns: 1,
    window: WINDOW,
    scaler: { kind: 'none' as const, center: [0], scale: [1] },
    loss: 'mse' as const,
    optimizer: { name: 'adam' as const, epsilon: 1e-7 },
    clipNorm: 0,
    batchSize: 1,
  }
  const engine = await openEngine(task, 'onnx', 'cpu', (message) => {
    throw new Error(message)
  })
  const step = { starts: Int32Array.of(0), learningRate: 0.001 }
  const steps = await engine.train(Array.from({ length: EPOCHS }, () => step))
  await engine.updateModel()
  await engine.dispose()
  const errors = predict(model, SEQUENCE, [1, WINDOW, 1]).map(largestError)
  model.dispose()
  return { errors, losses: steps.map(({ loss }) => loss) }
}

/** A head gives the whole sequence, or all but its first value. */
const largestError = (output: Float32Array) =>
  Math.max(...output.map((value, i) => Math.abs(value - SEQUENCE[i + WINDOW - output.length])))
