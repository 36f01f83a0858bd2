import { lstmAutoencoder } from '@tempocode/models'
import { openEngine, Pace } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { Network } from '../rows.js'
import { median } from '../statistics.js'
import { waves } from '../waves.js'

// What the page runs: steps of training, timed. Systems take turns, because the page asks for one after the other.

export interface Steps {
  /** Milliseconds of a step, the median. */
  ms: number
  steps: number
  /** Of the page that it ran in. */
  isolated: boolean
}

/** For so many ms, after a first call that is not counted; each call gives how long a step of it took. */
async function timed(call: () => Promise<{ ms: number; steps: number }>, least: number): Promise<Steps> {
  await call()
  const times: number[] = []
  let steps = 0
  const end = performance.now() + least
  do {
    const made = await call()
    times.push(made.ms)
    steps += made.steps
  } while (performance.now() < end)
  return { ms: median(times), steps, isolated: crossOriginIsolated }
}

/** The engine as `fit` uses it: in workers, and as many steps in a call as take 75 ms. */
export async function ours(row: Network, threads: number, least: number): Promise<Steps> {
  await tf.setBackend('cpu')
  const { batch, window, columns, units, activation } = row
  const model = lstmAutoencoder({ window, columns, units, activation })
  const task = {
    model,
    values: waves(batch * window, columns),
    columns,
    window,
    scaler: { kind: 'none' as const, center: Array(columns).fill(0), scale: Array(columns).fill(1) },
    loss: 'mse' as const,
    optimizer: { name: 'adam' as const },
    clipNorm: 0,
    batchSize: batch,
    threads,
  }
  const engine = await openEngine(task, 'onnx', 'wasm', (message) => {
    throw new Error(message)
  })
  const step = { starts: Int32Array.from({ length: batch }, (_, i) => i * window), learningRate: 0.001 }
  const pace = new Pace()
  const result = await timed(async () => {
    const batches = Array.from({ length: pace.steps }, () => step)
    const begin = performance.now()
    await pace.measure(batches.length, () => engine.train(batches))
    return { ms: (performance.now() - begin) / batches.length, steps: batches.length }
  }, least)
  await engine.dispose()
  model.dispose()
  return result
}

/** `trainOnBatch` on the WASM backend, which takes threads by itself where the page is isolated. */
export async function tfjs(row: Network, threads: boolean, least: number): Promise<Steps> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads)
  setWasmPaths('/')
  await tf.setBackend('wasm')
  const { batch, window, columns, units, activation } = row
  const model = lstmAutoencoder({ window, columns, units, activation })
  model.compile({ optimizer: tf.train.adam(), loss: 'meanSquaredError' })
  const windows = tf.tensor3d(waves(batch * window, columns), [batch, window, columns])
  return timed(async () => {
    const begin = performance.now()
    await model.trainOnBatch(windows, windows)
    return { ms: performance.now() - begin, steps: 1 }
  }, least)
}
