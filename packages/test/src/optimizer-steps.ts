import type { Random } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import type { OptimizerCase } from './optimizer-cases.js'
import { relativeError } from './random-models.js'
import type { Training } from './random-training.js'
import { TrainingGraph } from './run-training.js'
import { tfjsTraining } from './tfjs-reference.js'

export const STEPS = 20
const TOLERANCE = 1e-4

/** What is compared after some steps: an array for each parameter of the graph. */
type Weights = ArrayLike<number>[]

/** After how many of the steps tfjs itself determines the weights, and what they have moved by. */
export interface Determined {
  weights: number
  change: number
}

/**
 * Holds the weights after STEPS steps, and what they moved by, to tfjs's. Weights hardly move in so few steps, so an
 * error of the optimizer shows in what they moved by alone.
 *
 * In a few of very many models, rounding decides: at a kink of relu or |e|, of gradients so small that Adam divides them
 * by ε, or where a network so unstable multiplies it at each step. With `rounding`, each of the two is compared after the
 * last step in which tfjs's own differ by less than the tolerance when `tfjsTraining` rounds otherwise, twice.
 * @param isClipped whether the gradients' norm is limited to half of that of the first step
 * @returns the steps after which both were compared
 */
export async function checkSteps(
  { name, model, options, series, nextBatch }: Training,
  { ours, theirs, learningRate }: OptimizerCase,
  { isClipped, rounding }: { isClipped: boolean; rounding?: Random },
): Promise<Determined> {
  const batches = Array.from({ length: STEPS }, nextBatch)
  const { graph, norm } = await TrainingGraph.gradients(model, options, series, batches[0])
  const clipped = { ...options, clipNorm: isClipped ? norm / 2 : 0 }
  const { parameters } = graph.file
  const read = (): Weights => parameters.map((parameter) => parameter.read())
  const initial = read()

  const train = async (steps: number) => {
    const graph = new TrainingGraph(model, { ...clipped, optimizer: ours })
    const { losses } = await graph.train(series, batches.slice(0, steps), learningRate)
    return { losses, weights: graph.weights() }
  }
  /** tfjs's losses, and its weights after each step. */
  const trajectory = (rounding?: Random) => {
    const before = model.getWeights().map((weight) => weight.clone())
    const optimizer = theirs(learningRate)
    const steps = batches.map((batch) => {
      const [loss] = tfjsTraining(model, series, [batch], optimizer, clipped, rounding)
      return { loss, weights: read() }
    })
    model.setWeights(before)
    tf.dispose(before)
    optimizer.dispose()
    return steps
  }
  const changeOf = (weights: Weights) =>
    weights.flatMap((weight, i) => Array.from(weight, (w, k) => w - initial[i][k]))
  const largestError = (received: Weights, expected: Weights) =>
    Math.max(...expected.map((weight, i) => relativeError(received[i], weight)))
  const changeError = (received: Weights, expected: Weights) =>
    relativeError(changeOf(received), changeOf(expected))

  const expected = trajectory()
  const rounded = rounding ? [trajectory(rounding), trajectory(rounding)] : []
  const lastDetermined = (errorOf: typeof changeError) =>
    1 +
    expected.findLastIndex(({ weights }, i) =>
      rounded.every((other) => errorOf(other[i].weights, weights) < TOLERANCE),
    )
  const determined = { weights: lastDetermined(largestError), change: lastDetermined(changeError) }
  expect(determined.weights, `steps that tfjs determines of ${name}`).toBeGreaterThan(0)

  const received = await train(determined.weights)
  const losses = expected.slice(0, determined.weights).map(({ loss }) => loss)
  expect(relativeError(received.losses, losses), name).toBeLessThan(TOLERANCE)
  expected[determined.weights - 1].weights.forEach((weight, i) => {
    const error = relativeError(received.weights[i], weight)
    expect(error, `${parameters[i].name} of ${name}`).toBeLessThan(TOLERANCE)
  })
  if (determined.change > 0) {
    const { weights } = determined.change === determined.weights ? received : await train(determined.change)
    const error = changeError(weights, expected[determined.change - 1].weights)
    expect(error, `what the weights of ${name} moved by`).toBeLessThan(TOLERANCE)
  }
  model.dispose()
  return determined
}
