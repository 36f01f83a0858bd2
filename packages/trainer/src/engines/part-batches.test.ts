import { Random } from '@tempocode/core'
import { forecaster, gruAutoencoder, lstmAutoencoder } from '@tempocode/models'
import { openGroup } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import type { Draws } from './draws.js'
import type { Batch, Engine, Task } from './engine.js'
import { onnxEngine } from './onnx.js'
import { shareOut } from './shares.js'
import { planThreads } from './threads.js'

const WINDOW = 5
const values = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i / 3))

beforeAll(() => tf.setBackend('cpu'))

const taskOf = (batchSize: number, units: number[]) => ({
  model: lstmAutoencoder({ window: WINDOW, columns: 2, units }),
  values,
  columns: 2,
  window: WINDOW,
  scaler: { kind: 'none' as const, center: [0, 0], scale: [1, 1] },
  loss: 'mse' as const,
  optimizer: { name: 'adam' as const },
  clipNorm: 0.05,
  batchSize,
  corrupted: true,
})

/** A network whose batches bring lengths and what its layers Dropout leave, too. */
const paddedTask = () => ({
  ...taskOf(10, [1]),
  model: gruAutoencoder({
    window: WINDOW,
    columns: 2,
    units: [8, 4],
    dropout: 0.3,
    masked: true,
    bidirectional: true,
    heads: ['prediction', 'reconstruction'],
    horizon: 'shifted',
  }),
  lossWeights: { shifted_prediction: 0.4 },
})

async function trainInParts(
  parts: number,
  use: (engine: Engine) => Promise<void>,
  task: Task = taskOf(10, [7, 4]),
): Promise<void> {
  const place = { device: 'cpu', threads: parts }
  const engine = await onnxEngine(task, openGroup(parts, 'cpu', { threads: 1 }), place)
  await use(engine).finally(() => engine.dispose())
}

const draws = (windows: number): Draws => {
  const random = new Random(windows)
  const shape = [windows, WINDOW, 2]
  const draw = () => ({
    data: Float32Array.from({ length: windows * WINDOW * 2 }, () => random.normal()),
    shape,
  })
  return { keep: draw(), fill: draw() }
}
const starts = (...rows: number[]) => Int32Array.from(rows)
// ten windows, with weights of their own, and two windows, of which three threads cannot all have one
const batches: Batch[] = [
  { starts: starts(0, 5, 9, 14, 20, 33, 41, 50, 60, 70), learningRate: 0.01, draws: draws(10) },
  { starts: starts(3, 8), learningRate: 0.01, weights: Float32Array.of(0.9, 0.1), draws: draws(2) },
  { starts: starts(1, 2, 4, 6, 7, 10, 11, 12, 13, 15), learningRate: 0.02, draws: draws(10) },
]

/** Some sequences shorter than the window, the last one at the end of the series. */
const paddedBatches = batches.map(({ starts, draws, ...batch }, i) => {
  const random = new Random(i)
  const keep = (steps: number, units: number) => {
    const shape = [starts.length, steps, units]
    const size = shape.reduce((a, b) => a * b, 1)
    return { data: Float32Array.from({ length: size }, () => 2 * random.below(2)), shape }
  }
  return {
    ...batch,
    starts: starts.map((start, k) => (k === 1 ? 98 : start)),
    lengths: starts.map((_, k) => (k === 1 ? 2 : 1 + random.below(WINDOW))),
    draws: { ...draws, 'dropout_1/keep': keep(WINDOW, 8) },
  }
})

const CASES: [name: string, task: () => Task, batches: Batch[]][] = [
  ['with noise', () => taskOf(10, [7, 4]), batches],
  ['of padded sequences, with dropout', paddedTask, paddedBatches],
  [
    'of a forecaster',
    () => ({
      ...taskOf(10, [1]),
      model: forecaster({ window: WINDOW, columns: 2, horizon: 3, targets: 2, units: [4], intervals: 0.9 }),
      lossWeights: { prediction: 2 },
    }),
    batches.map((batch) => ({ ...batch, learningRate: 0.1 })),
  ],
]

test.each(CASES)(
  'a batch in parts gives the losses and weights of the whole batch: %s',
  async (_, task, batches) => {
    const seen: Record<number, { losses: number[]; norms: number[]; weights: number[] }> = {}
    for (const parts of [1, 2, 3]) {
      const use = async (engine: Engine) => {
        const results = [...(await engine.train(batches)), ...(await engine.train(batches))]
        const { tensors } = await engine.state()
        seen[parts] = {
          losses: results.map(({ loss }) => loss),
          norms: results.map(({ norm }) => norm),
          weights: tensors.flatMap((tensor) => [...tensor]),
        }
      }
      await trainInParts(parts, use, task())
    }
    for (const parts of [2, 3]) {
      for (const of of ['losses', 'norms', 'weights'] as const) {
        seen[parts][of].forEach((value, i) => {
          expect(value).toBeCloseTo(seen[1][of][i], 5)
        })
      }
    }
  },
)

test.each(CASES)(
  'of a long series threads are given rows, and train the same to the bit: %s',
  async (_, task, batches) => {
    const long = new Float32Array(260_000)
    const shift = long.length - values.length
    long.set(values, shift)
    const shifted = batches.map((batch) => ({
      ...batch,
      starts: batch.starts.map((start) => start + shift / 2),
    }))
    const seen: unknown[] = []
    const trainAndEvaluate = (batches: Batch[]) => async (engine: Engine) => {
      const results = await engine.train(batches)
      seen.push({ results, loss: await engine.evaluate(batches[0]), state: await engine.state() })
    }
    await trainInParts(2, trainAndEvaluate(batches), task())
    await trainInParts(2, trainAndEvaluate(shifted), { ...task(), values: long })
    expect(seen[1]).toEqual(seen[0])
  },
)

test('all threads keep the same weights, to the bit', async () => {
  await trainInParts(3, async (engine) => {
    await engine.train(batches)
    // 64 batches a call, and calls go round: each thread evaluates a third of these equal windows
    const many = await engine.evaluate({ starts: new Int32Array(3 * 64 * 10).fill(17) })
    const one = await engine.evaluate({ starts: new Int32Array(64 * 10).fill(17) })
    expect(many).toBe(one)
  })
})

test.each([0, 0.05])('a state goes on to the bit where it was taken, clipNorm %d', async (clipNorm) => {
  const task = { ...taskOf(10, [7]), clipNorm }
  await trainInParts(
    2,
    async (engine) => {
      await engine.train(batches)
      const middle = await engine.state()
      const results = await engine.train(batches)
      const end = await engine.state()
      expect(end).not.toEqual(middle)
      await engine.restore(middle)
      expect(await engine.state()).toEqual(middle)
      expect(await engine.train(batches)).toEqual(results)
      expect(await engine.state()).toEqual(end)
    },
    task,
  )
})

test('threads for which no weights are left update none', async () => {
  const task = { ...taskOf(10, [3]), clipNorm: 0 }
  const trained: number[][] = []
  for (const parts of [1, 9]) {
    await trainInParts(
      parts,
      async (engine) => {
        const results = await engine.train(batches)
        const { tensors } = await engine.state()
        trained.push([...results.map(({ norm }) => norm), ...tensors.flatMap((tensor) => [...tensor])])
      },
      task,
    )
  }
  const [whole, inParts] = trained
  expect(inParts.length).toBe(whole.length)
  whole.forEach((value, i) => {
    expect(inParts[i]).toBeCloseTo(value, 5)
  })
})

test('parameters are shared out by size', () => {
  const parameters = [[2], [400, 100], [300, 100], [300, 100], [4], [1]].map((shape) => ({
    name: 'w',
    shape,
  }))
  expect(shareOut(parameters, 1)).toEqual([0, 0, 0, 0, 0, 0])
  expect(shareOut(parameters, 2)).toEqual([0, 0, 1, 1, 0, 0])
  expect(shareOut(parameters, 8)).toEqual([4, 0, 1, 2, 3, 5])
})

test('parts are as many as the work is worth', () => {
  const plan = (batch: number, units: number[], threads: number) => {
    const task = taskOf(batch, units)
    return planThreads({ ...task, weights: task.model.countParams() }, threads)
  }
  expect(plan(1, [100], 8)).toEqual({ parts: 1, each: 1 })
  expect(plan(64, [8], 8)).toEqual({ parts: 1, each: 1 })
  expect(plan(64, [256], 2)).toEqual({ parts: 2, each: 1 })
  expect(plan(64, [256], 16)).toEqual({ parts: 8, each: 2 })
  expect(plan(4, [512], 8)).toEqual({ parts: 1, each: 8 })
})
