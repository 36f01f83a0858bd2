import { Random } from '@tempocode/core'
import { gruAutoencoder, isMasked, lstmAutoencoder } from '@tempocode/models'
import { fit, fitSettings, type Series } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { randomizeWeights, relativeError } from './random-models.js'
import { keptBy } from './small-training.js'
import { tfjsGradients, tfjsTraining } from './tfjs-reference.js'
import { type Batches, lossesOf, type Place, type Task, weightsOf, withEngine } from './with-engine.js'

// What every engine must make of networks with several outputs, dropout and padded sequences.

const [WINDOW, COLUMNS, ROWS] = [6, 2, 60]
const LEARNING_RATE = 0.01
const size = { window: WINDOW, columns: COLUMNS }
const scaler = { kind: 'standard' as const, center: [1, -20], scale: [2, 5] }

interface Case {
  name: string
  build: () => tf.LayersModel
  lossWeights?: Record<string, number>
}
const CASES: Case[] = [
  {
    name: 'a composite with loss weights',
    build: () =>
      lstmAutoencoder({ ...size, units: [5, 3], heads: ['prediction', 'reconstruction'], horizon: 4 }),
    lossWeights: { prediction: 0.3, reconstruction: 1.5 },
  },
  {
    name: 'dropout and a sparse code',
    build: () => gruAutoencoder({ ...size, units: [6, 4], dropout: 0.4, l1: 0.01 }),
  },
  {
    name: 'padded sequences',
    build: () =>
      gruAutoencoder({ ...size, units: [6, 4], masked: true, bidirectional: true, resetAfter: false }),
  },
]

/** @param start makes tfjs compute on the backend that the engine is to be tested with */
export function testKinds(place: Place, start: () => Promise<unknown>): void {
  describe.each(CASES)('$name', ({ build, lossWeights }) => {
    const newModel = () => {
      const model = build()
      randomizeWeights(model, new Random(0, 'weights'))
      return model
    }
    const random = new Random(0, 'engines')
    const values = Float32Array.from(
      { length: ROWS * COLUMNS },
      (_, i) => scaler.center[i % COLUMNS] + scaler.scale[i % COLUMNS] * random.normal(),
    )
    const newTask = (): Task => ({
      ...fitSettings({ clipNorm: 0.3, batchSize: 8, lossWeights }),
      model: newModel(),
      values,
      columns: COLUMNS,
      window: WINDOW,
      scaler,
    })
    const masked = isMasked(build())

    /** With what layers Dropout leave; sequences of any length, which may end with the series. */
    const batches: Batches = [8, 8, 3, 8, 8, 3].map((count) => {
      const lengths = Int32Array.from({ length: count }, () =>
        masked ? 1 + random.below(WINDOW) : WINDOW + 4,
      )
      const starts = lengths.map((length) => random.below(ROWS - length + 1))
      const draws = keptBy(build(), random, count)
      return { starts, lengths: masked ? lengths : undefined, draws, learningRate: LEARNING_RATE }
    })
    const plain = batches.map(({ starts, lengths, draws }) => ({
      starts: [...starts],
      lengths: lengths && [...lengths],
      draws,
    }))
    const rows = { values, columns: COLUMNS }
    const options = { scaler, loss: 'mse' as const, clipNorm: 0.3, lossWeights }

    /** Where nothing is dropped out; what large activities cost is a part of it. */
    const meanLoss = () => {
      const draws = keptBy(build(), random, batches[0].starts.length)
      for (const { data } of Object.values(draws)) data.fill(1)
      return tf.tidy(() => tfjsGradients(newModel(), rows, { ...plain[0], draws }, options).loss)
    }

    test('evaluation and steps have tfjs’s losses, and restored, they have the same bits', async () => {
      await tf.setBackend('cpu')
      const loss = meanLoss()
      const losses = tfjsTraining(newModel(), rows, plain, tf.train.adam(LEARNING_RATE), options)
      await start()
      await withEngine(place, newTask(), async (engine) => {
        expect(relativeError([await engine.evaluate(batches[0])], [loss])).toBeLessThan(1e-5)
        const first = await lossesOf(engine, batches.slice(0, 2))
        const state = await engine.state()
        const others = await lossesOf(engine, batches.slice(2))
        const end = await engine.state()
        expect(relativeError([...first, ...others], losses)).toBeLessThan(1e-4)
        await engine.restore(state)
        expect(await lossesOf(engine, batches.slice(2))).toEqual(others)
        expect(await engine.state()).toEqual(end)
      })
    })

    test('the same seed gives the same bits', async () => {
      const ends = [4, 10, 16, 19, 25, 30, 32, 40, 45, 50, 55, ROWS]
      const groups = ends.map((end, i) => ({ start: ends[i - 1] ?? 0, end, name: `s${i}` }))
      const segments = masked ? groups : [{ start: 0, end: ROWS }]
      const series: Series = { columns: ['a', 'b'], rows: ROWS, values, segments }
      const trained = async () => {
        const run = await fit(newModel(), series, {
          ...place,
          epochs: 2,
          batchSize: 8,
          validationSplit: 0.3,
          lossWeights,
        })
        expect([run.engine, run.warnings]).toEqual([place.engine, []])
        return weightsOf(run.model)
      }
      const first = await trained()
      expect(first).not.toEqual(weightsOf(newModel()))
      expect(await trained()).toEqual(first)
    })
  })
}
