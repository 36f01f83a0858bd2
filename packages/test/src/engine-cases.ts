import { Random } from '@tempocode/core'
import { lstmAutoencoder } from '@tempocode/models'
import { type FitOptions, fit, fitSettings, type Series } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { testKinds } from './engine-kind-cases.js'
import { randomizeWeights, relativeError } from './random-models.js'
import { tfjsTraining } from './tfjs-reference.js'
import { type Batches, lossesOf, type Place, type Task, weightsOf, withEngine } from './with-engine.js'

// One list of cases that every engine must pass.

const [WINDOW, COLUMNS, ROWS] = [6, 2, 60]
const LEARNING_RATE = 0.01
const random = new Random(0, 'engines')
const scaler = { kind: 'standard' as const, center: [1, -20], scale: [2, 5] }
const values = Float32Array.from(
  { length: ROWS * COLUMNS },
  (_, i) => scaler.center[i % COLUMNS] + scaler.scale[i % COLUMNS] * random.normal(),
)
const series: Series = { columns: ['a', 'b'], rows: ROWS, values, segments: [{ start: 0, end: ROWS }] }
const someStarts = (count: number) =>
  Int32Array.from({ length: count }, () => random.below(ROWS - WINDOW + 1))

/** Two epochs of five batches, the last one of each smaller. */
const batches: Batches = [8, 8, 8, 8, 3, 8, 8, 8, 8, 3].map((count) => ({
  starts: someStarts(count),
  learningRate: LEARNING_RATE,
}))
const allStarts = Int32Array.from({ length: 21 }, (_, i) => 2 * i)

const newModel = () => {
  const model = lstmAutoencoder({ window: WINDOW, columns: COLUMNS, units: [5, 3] })
  randomizeWeights(model, new Random(0, 'weights'))
  return model
}
const newTask = (change: Partial<Task> = {}): Task => ({
  ...fitSettings({ clipNorm: 0.3, batchSize: 8 }),
  model: newModel(),
  values,
  columns: COLUMNS,
  window: WINDOW,
  scaler,
  ...change,
})

/** By plain tfjs on its own `cpu` backend: the losses of the steps. */
async function referenceLosses(weights?: readonly Float32Array[]): Promise<number[]> {
  await tf.setBackend('cpu')
  const reference = batches.map(({ starts }, i) => ({
    starts: [...starts],
    sampleWeights: weights && [...weights[i]],
  }))
  const options = { scaler, loss: 'mse' as const, clipNorm: 0.3 }
  const optimizer = tf.train.adam(LEARNING_RATE)
  return tfjsTraining(newModel(), { values, columns: COLUMNS }, reference, optimizer, options)
}

/** The mean loss over windows, by plain tfjs. */
const meanLoss = (model: tf.LayersModel, starts: Int32Array): number =>
  tf.tidy(() => {
    const raw = [...starts].map((start) => [...values.subarray(start * COLUMNS, (start + WINDOW) * COLUMNS)])
    const windows = tf.div(
      tf.sub(tf.tensor(raw.flat(), [starts.length, WINDOW, COLUMNS]), scaler.center),
      scaler.scale,
    )
    return tf.losses.meanSquaredError(windows, model.predict(windows) as tf.Tensor).dataSync()[0]
  })

const finite = (value: number) => Number.isFinite(value)

/** @param start makes tfjs compute on the backend that the engine is to be tested with */
export function testEngine(name: string, place: Place, start: () => Promise<unknown>): void {
  describe(name, () => {
    beforeAll(start)

    test('ten steps have tfjs’s losses, with smaller batches among them', async () => {
      const expected = await referenceLosses()
      await start()
      await withEngine(place, newTask(), async (engine) => {
        expect(engine.name).toBe(place.engine)
        expect(relativeError(await lossesOf(engine, batches), expected)).toBeLessThan(1e-4)
        expect((await engine.state()).step).toBe(batches.length)
      })
    })

    test('windows count by their weights', async () => {
      const weights = batches.map(({ starts }) =>
        Float32Array.from(starts, (start) => (0.5 + (start % 3)) / starts.length),
      )
      const expected = await referenceLosses(weights)
      await start()
      await withEngine(place, newTask(), async (engine) => {
        const weighted = batches.map((batch, i) => ({ ...batch, weights: weights[i] }))
        expect(relativeError(await lossesOf(engine, weighted), expected)).toBeLessThan(1e-4)
      })
    })

    test('evaluation is the mean loss over all windows, and trains nothing', async () => {
      await withEngine(place, newTask(), async (engine) => {
        const before = await engine.state()
        const loss = await engine.evaluate({ starts: allStarts })
        expect(relativeError([loss], [meanLoss(newModel(), allStarts)])).toBeLessThan(1e-5)
        expect(await engine.state()).toEqual(before)
      })
    })

    test('restored, training goes on with the same bits, also in a new engine', async () => {
      const { state, losses, end } = await withEngine(place, newTask(), async (engine) => {
        await engine.train(batches.slice(0, 7))
        const state = await engine.state()
        const losses = await lossesOf(engine, batches.slice(7))
        const end = await engine.state()
        await engine.restore(state)
        expect(await lossesOf(engine, batches.slice(7))).toEqual(losses)
        expect(await engine.state()).toEqual(end)
        return { state, losses, end }
      })
      expect(end).not.toEqual(state)
      await withEngine(place, newTask(), async (engine) => {
        await engine.restore(state)
        expect(await lossesOf(engine, batches.slice(7))).toEqual(losses)
        expect(await engine.state()).toEqual(end)
      })
    })

    test('how many steps a call makes does not change a bit', async () => {
      const results = async (calls: Batches[]) =>
        withEngine(place, newTask(), async (engine) => {
          const losses: number[] = []
          for (const steps of calls) losses.push(...(await lossesOf(engine, steps)))
          return { losses, state: await engine.state() }
        })
      expect(await results(batches.map((batch) => [batch]))).toEqual(await results([batches]))
    })

    test('plain tfjs predicts what was trained', async () => {
      const task = newTask()
      const before = meanLoss(task.model, allStarts)
      await withEngine(place, task, async (engine) => {
        await engine.train(batches)
        await engine.updateModel()
        const loss = await engine.evaluate({ starts: allStarts })
        expect(Math.abs(loss - before)).toBeGreaterThan(1e-3)
        expect(relativeError([meanLoss(task.model, allStarts)], [loss])).toBeLessThan(1e-5)
      })
    })

    test('a frozen layer stays as it is, and the others learn', async () => {
      const task = newTask()
      const frozen = task.model.getLayer('encoder_1')
      frozen.trainable = false
      const before = frozen.getWeights().map((weight) => [...weight.dataSync()])
      const others = task.model.getLayer('decoder_1').getWeights()[0].dataSync().slice()
      await withEngine(place, task, async (engine) => {
        await engine.train(batches)
        await engine.updateModel()
      })
      expect(frozen.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before)
      expect(task.model.getLayer('decoder_1').getWeights()[0].dataSync()).not.toEqual(others)
    })

    test('a value of the series that is no number shows in the loss', async () => {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const broken = values.with(2 * batches[1].starts[0], bad)
        await withEngine(place, newTask({ values: broken }), async (engine) => {
          const [result] = await engine.train([batches[1]])
          expect(finite(result.loss) && finite(result.norm)).toBe(false)
        })
      }
    })

    test.each(['kernel', 'recurrent_kernel', 'bias'])('a %s that is no number shows', async (weight) => {
      const task = newTask()
      const index = task.model.weights.findIndex(({ originalName }) => originalName.endsWith(`/${weight}`))
      await withEngine(place, task, async (engine) => {
        const state = await engine.state()
        state.tensors[index][0] = Number.NaN
        await engine.restore(state)
        const [{ loss, norm }] = await engine.train([batches[0]])
        const { tensors } = await engine.state()
        expect(finite(loss) && finite(norm) && tensors.every((tensor) => tensor.every(finite))).toBe(false)
      })
    })

    test('training on what is no number stops with an error that says where', async () => {
      const broken = { ...series, values: values.with(20, Number.NaN) }
      const options: FitOptions = { ...place, epochs: 2, batchSize: 100, scaler: 'none' }
      await expect(fit(newModel(), broken, options)).rejects.toMatchObject({
        code: 'diverged',
        place: { epoch: 1, step: 1 },
      })
    })

    test('the same seed gives the same bits, another one others', async () => {
      const trained = async (seed: number) => {
        const run = await fit(newModel(), series, { ...place, seed, epochs: 2, batchSize: 8 })
        expect([run.engine, run.warnings]).toEqual([place.engine, []])
        return weightsOf(run.model)
      }
      const first = await trained(1)
      expect(await trained(1)).toEqual(first)
      expect(await trained(2)).not.toEqual(first)
    })

    testKinds(place, start)
  })
}
