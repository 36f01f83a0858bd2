import { lstmAutoencoder } from '@tempocode/models'
import { browserCheckpoints, type Checkpoint, fit, type Series, seriesOf } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { blockedDuring } from './longtasks.js'

// What the pages of chromium-training.test.ts run that train a tf.LayersModel.

const NAME = 'weather'
const OPTIONS = { epochs: 3, stride: 12, threads: 1, engine: 'onnx', device: 'wasm' } as const

async function weather(): Promise<Series> {
  const { columns, values } = await (await fetch('/weather.json')).json()
  return seriesOf(Float32Array.from(values), { columns })
}

/** @returns the weights, and the losses of the epochs that were trained here */
async function train(options: Parameters<typeof fit>[2] = {}) {
  await tf.setBackend('cpu')
  const series = await weather()
  const model = lstmAutoencoder({ window: 24, columns: series.columns.length, units: [8, 4] })
  const told: number[] = []
  const { stopped, epochs } = await fit(model, series, {
    ...OPTIONS,
    ...options,
    onEpoch: ({ loss }) => told.push(loss),
  })
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()])
  return { stopped, weights, told, losses: epochs.map(({ loss }) => loss) }
}

export const trainWhole = () => train()

/** Stops in the second epoch, and stores where it has come. */
export function trainAndStop() {
  const stop = new AbortController()
  return train({
    signal: stop.signal,
    onProgress: ({ epoch, step }) => epoch === 2 && step > 0 && stop.abort(),
    checkpointEvery: '5steps',
    onCheckpoint: browserCheckpoints(NAME).save,
  })
}

/** Goes on from what is stored, and deletes it. */
export async function resume() {
  const checkpoints = browserCheckpoints(NAME)
  const from: Checkpoint | undefined = await checkpoints.load()
  const trained = await train({ resume: from })
  await checkpoints.delete()
  return { from: from && { epochs: from.epochs.length, step: from.step }, ...trained }
}

/** Whether nothing is stored. */
export const isDeleted = async () => (await browserCheckpoints(NAME).load()) === undefined

/** Puts something else where a checkpoint should be: the message of the error that says so. */
export async function loadDamaged(): Promise<string> {
  const request = indexedDB.open('tempocode')
  await new Promise((resolve) => request.addEventListener('success', resolve))
  const store = request.result.transaction('checkpoints', 'readwrite').objectStore('checkpoints')
  await new Promise((resolve) =>
    store.put(Uint8Array.of(1, 2, 3), 'damaged').addEventListener('success', resolve),
  )
  request.result.close()
  return browserCheckpoints('damaged')
    .load()
    .then(String, ({ message }) => message)
}

/** Blocked times of a whole training: before its first step, and from then on. */
export async function blockedByFit(): Promise<{ before: number[]; during: number[] }> {
  let first = Number.POSITIVE_INFINITY
  const blocked = await blockedDuring(() =>
    train({
      onProgress() {
        first = Math.min(first, performance.now())
      },
    }),
  )
  const durations = (tasks: typeof blocked) => tasks.map(({ duration }) => duration)
  return {
    before: durations(blocked.filter(({ startTime }) => startTime < first)),
    during: durations(blocked.filter(({ startTime }) => startTime >= first)),
  }
}
