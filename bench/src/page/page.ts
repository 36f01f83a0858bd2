import { Pace } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { engineOf } from '../engine.js'
import { networkOf } from '../network.js'
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
  const { train, close } = await engineOf(row, 'wasm', threads)
  const pace = new Pace()
  const result = await timed(async () => {
    const { steps } = pace
    const begin = performance.now()
    await pace.measure(steps, () => train(steps))
    return { ms: (performance.now() - begin) / steps, steps }
  }, least)
  await close()
  return result
}

/** `trainOnBatch` on the WASM backend, which takes threads by itself where the page is isolated. */
export async function tfjs(row: Network, threads: boolean, least: number): Promise<Steps> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads)
  setWasmPaths('/')
  await tf.setBackend('wasm')
  const { batch, window, columns } = row
  const model = networkOf(row)
  model.compile({ optimizer: tf.train.adam(), loss: 'meanSquaredError' })
  const windows = tf.tensor3d(waves(batch * window, columns), [batch, window, columns])
  return timed(async () => {
    const begin = performance.now()
    await model.trainOnBatch(windows, windows)
    return { ms: performance.now() - begin, steps: 1 }
  }, least)
}
