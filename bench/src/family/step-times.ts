import { fitSettings, openEngine, Pace } from '@tempocode/trainer'
import type * as tf from '@tensorflow/tfjs'
import { median } from '../statistics.js'

const ROUNDS = 9
const SECONDS = 0.4 // of each model in a round

/**
 * Milliseconds of a training step by the defaults of `fit`, but in one thread: for each model the median over rounds of the median in a
 * round. They take turns, every other round backwards, so that what the machine does meanwhile falls on all alike.
 *
 * @param values rows × columns
 */
export async function stepTimes(models: readonly tf.LayersModel[], values: Float32Array): Promise<number[]> {
  const steppers = await Promise.all(models.map((model) => stepper(model, values)))
  const medians = models.map((): number[] => [])
  for (let round = -1; round < ROUNDS; round++) {
    const order = [...steppers.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const ms = await steppers[i].time()
      if (round >= 0) medians[i].push(ms) // the first one warms up
    }
  }
  for (const { close } of steppers) await close()
  return medians.map(median)
}

async function stepper(model: tf.LayersModel, values: Float32Array) {
  const [, window, columns] = model.inputs[0].shape as number[]
  const settings = fitSettings({})
  const scaler = { kind: 'none' as const, center: Array(columns).fill(0), scale: Array(columns).fill(1) }
  const engine = await openEngine(
    { ...settings, threads: 1, model, values, columns, window, scaler },
    'onnx',
    'cpu',
    (message) => {
      throw new Error(message)
    },
  )
  const pace = new Pace()
  const { batchSize, learningRate } = settings
  const step = { starts: Int32Array.from({ length: batchSize }, (_, i) => i * window), learningRate }
  return {
    async time(): Promise<number> {
      const times: number[] = []
      const end = performance.now() + 1000 * SECONDS
      while (performance.now() < end) {
        const batches = Array.from({ length: pace.steps }, () => step)
        const begin = performance.now()
        await pace.measure(batches.length, () => engine.train(batches))
        times.push((performance.now() - begin) / batches.length)
      }
      return median(times)
    },
    close: () => engine.dispose(),
  }
}
