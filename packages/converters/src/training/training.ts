import { version } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { gradients } from '../graph/gradients.js'
import { Graph } from '../graph/graph.js'
import { scan } from '../graph/loops.js'
import { add, div, max, sqrt, sum, sumOfSquares } from '../graph/ops.js'
import type { Parameter } from '../layers/lowering.js'
import { encodeModel } from '../onnx/encode.js'
import { type Batch, batchLoss, networkOf } from './forward.js'
import type { LossName } from './losses.js'
import { type OptimizerOptions, optimizerOf } from './optimizers.js'

export interface TrainingOptions {
  scaler: ScalerState
  /** Default mse. */
  loss?: LossName
  /** Default adam. */
  optimizer?: OptimizerOptions
  /** The largest norm of all gradients together; larger ones are scaled down. Default 0: no clipping. */
  clipNorm?: number
  /** float64 serves to check gradients. Default float32. */
  float?: 'float32' | 'float64'
}

/** A training step and what it works on. */
export interface TrainingFile {
  /** ONNX; see {@link toTrainingOnnx} for what it takes and gives. */
  bytes: Uint8Array
  parameters: readonly Parameter[]
  /** Names of what is carried from call to call, and the shapes: the parameters, then the optimizer's slots. */
  state: readonly { name: string; shape: readonly number[] }[]
}

/**
 * A model's training as an ONNX file of stock operators: forward pass, loss, back-propagation through time, clipping
 * and the optimizer's update. One call makes any number of steps; nothing is unrolled, so the file is small for any
 * length of window.
 *
 * It takes
 * - `series` [rows, columns], raw; `starts` [steps, batch] int64, the rows where each batch's windows start
 * - `sample_weights` [steps, batch], each window's part in its batch's loss (1 / batch where all count the same)
 * - `learning_rate` [steps]
 * - `step` [], the number of steps done before; and each parameter and slot of the optimizer under its name
 *
 * and gives `loss` [steps], `gradient_norm` [steps] (before clipping), and the new `step.next`, `….next` of all state.
 *
 * @throws TempocodeError `unsupported` where a layer has no lowering, `model` where the model does not give back what
 * it takes
 */
export function toTrainingOnnx(model: tf.LayersModel, options: TrainingOptions): TrainingFile {
  const { loss = 'mse', optimizer: settings = { name: 'adam' }, clipNorm = 0, scaler } = options
  const network = networkOf(model)
  const { parameters } = network
  const optimizer = optimizerOf(settings)
  const slots = optimizer.slots.flatMap((slot) =>
    parameters.map(({ name, shape }) => ({ name: `${name}/${slot}`, shape })),
  )
  const state = [...parameters.map(({ name, shape }) => ({ name, shape })), ...slots]

  const graph = new Graph(`${model.name}_training`, options.float)
  const batches = batchInputs(graph, scaler.center.length)
  const learningRate = graph.input('learning_rate', ['steps'])
  const stepsDone = graph.input('step', [])
  const carried = state.map(({ name, shape }) => graph.input(name, shape))

  const { state: next, kept } = scan(
    {
      name: 'steps',
      state: [stepsDone, ...carried],
      sequences: [batches.starts, batches.sampleWeights, learningRate],
    },
    ([stepBefore, ...values], [starts, sampleWeights, learningRate]) => {
      const step = add(stepBefore, 1)
      const weights = values.slice(0, parameters.length)
      const batch: Batch = { series: batches.series, starts, sampleWeights }
      const { value, output, gradient } = batchLoss(network, weights, batch, { loss, scaler, training: true })
      const changes = gradients(new Map([[output, gradient()]]), weights)

      const norm = sqrt(sum(changes.map(sumOfSquares)))
      const scale = clipNorm > 0 ? div(clipNorm, max(norm, clipNorm)) : undefined
      const update = optimizer.update(step)
      const updated = weights.map((w, i) => {
        const slots = optimizer.slots.map((_, k) => values[(k + 1) * parameters.length + i])
        return update({ w, gradient: changes[i], scale, slots, learningRate })
      })
      const bySlot = optimizer.slots.flatMap((_, k) => updated.map(({ slots }) => slots[k]))
      return { state: [step, ...updated.map(({ w }) => w), ...bySlot], keep: [value, norm] }
    },
  )
  graph.output(kept[0], 'loss')
  graph.output(kept[1], 'gradient_norm')
  next.forEach((value, i) => {
    graph.output(value, `${i === 0 ? 'step' : state[i - 1].name}.next`)
  })
  return { bytes: encodeModel(graph, { version, metadata: {} }), parameters, state }
}

/**
 * The loss alone, with the same inputs as the training file but learning rate, step and slots, nothing dropped out or
 * corrupted: gives `loss` [steps].
 */
export function toEvaluationOnnx(model: tf.LayersModel, options: TrainingOptions): Uint8Array {
  const { loss = 'mse', scaler } = options
  const network = networkOf(model)
  const graph = new Graph(`${model.name}_evaluation`, options.float)
  const batches = batchInputs(graph, scaler.center.length)
  const weights = network.parameters.map(({ name, shape }) => graph.input(name, shape))
  const { kept } = scan(
    { name: 'batches', state: [], sequences: [batches.starts, batches.sampleWeights] },
    (_, [starts, sampleWeights]) => {
      const batch = { series: batches.series, starts, sampleWeights }
      return {
        state: [],
        keep: [batchLoss(network, weights, batch, { loss, scaler, training: false }).value],
      }
    },
  )
  graph.output(kept[0], 'loss')
  return encodeModel(graph, { version, metadata: {} })
}

/** The series, and of all steps the batches. */
const batchInputs = (graph: Graph, columns: number): Batch => ({
  series: graph.input('series', ['rows', columns]),
  starts: graph.input('starts', ['steps', 'batch'], 'int64'),
  sampleWeights: graph.input('sample_weights', ['steps', 'batch']),
})
