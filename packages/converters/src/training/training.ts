import { version } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { gradients } from '../graph/gradients.js'
import { Graph, type Value } from '../graph/graph.js'
import { scan } from '../graph/loops.js'
import { add, div, max, sqrt, sum, sumOfSquares } from '../graph/ops.js'
import type { Parameter } from '../layers/lowering.js'
import { encodeModel } from '../onnx/encode.js'
import { type Batch, batchInputs, batchOf, inputsOf } from './batch.js'
import { updateAll } from './columns.js'
import { batchLoss, type LossOptions, type Network, networkOf } from './forward.js'
import { type OptimizerOptions, optimizerOf } from './optimizers.js'
import { type TrainingDetails, trainingMetadata } from './training-metadata.js'

export interface TrainingOptions extends LossOptions {
  scaler: ScalerState
  /** Default adam. */
  optimizer?: OptimizerOptions
  /** The largest norm of all gradients together; larger ones are scaled down. Default 0: no clipping. */
  clipNorm?: number
  /** Whether inputs are corrupted while training, by noise that the file takes. Default false. */
  corrupted?: boolean
  /** Where each batch is one window: the file then takes no other, and is faster. Default false. */
  singleWindows?: boolean
  /** float64 serves to check gradients. Default float32. */
  float?: 'float32' | 'float64'
}

/** A training step and what it works on. */
export interface TrainingFile {
  /** ONNX; see {@link toTrainingOnnx} for what it takes and gives. */
  bytes: Uint8Array
  parameters: readonly Parameter[]
  /** What is carried from call to call: the parameters, then the optimizer's slots. */
  state: readonly StateTensor[]
}

export interface StateTensor {
  name: string
  shape: readonly number[]
}

/**
 * A model's training as an ONNX file of stock operators: forward pass, loss, back-propagation through time, clipping
 * and the optimizer's update. One call makes any number of steps; nothing is unrolled, so the file is small for any
 * length of window.
 *
 * It takes
 * - `series` [rows, columns], raw
 * - what {@link batchInputs} says, [steps, batch, …] each
 * - `learning_rate` [steps]
 * - `step` [], the number of steps done before; and each parameter and slot of the optimizer under its name
 *
 * and gives `loss` [steps], `gradient_norm` [steps] (before clipping), and the new `step.next`, `….next` of all state.
 *
 * @param details what the file says of itself, so that it can be gone on with from the file alone. Default: nothing
 * @throws TempocodeError `unsupported` where a layer has no lowering, `model` where the model does not give back what
 * it takes
 */
export function toTrainingOnnx(
  model: tf.LayersModel,
  options: TrainingOptions,
  details?: TrainingDetails,
): TrainingFile {
  const network = networkOf(model)
  const update = updateOf(network.parameters, options)
  const graph = new Graph(`${model.name}_training`, options.float)
  const series = graph.input('series', ['rows', options.scaler.center.length])
  const inputs = batchInputs(model, { ...options, training: true })
  const batches = inputsOf(graph, inputs, ['steps'])
  const learningRate = graph.input('learning_rate', ['steps'])
  const before = [graph.input('step', []), ...update.state.map(({ name, shape }) => graph.input(name, shape))]
  const { state, kept } = scan(
    { name: 'steps', state: before, sequences: [learningRate, ...batches] },
    ([step, ...state], [learningRate, ...values]) => {
      const weights = state.slice(0, network.parameters.length)
      const batch = batchOf(series, inputs, values, { ...network, ...options })
      const { value, gradients } = lossGradients(network, weights, batch, options)
      const norm = normOf(gradients)
      return { state: update.apply(step, state, gradients, learningRate, norm), keep: [value, norm] }
    },
  )
  graph.output(kept[0], 'loss')
  graph.output(kept[1], 'gradient_norm')
  outputNext(graph, update.state, state)
  const metadata =
    details && trainingMetadata(network, toEvaluationOnnx(model, options), options.scaler, details)
  return { bytes: encode(graph, metadata), parameters: network.parameters, state: update.state }
}

/**
 * The first half of a step, for one part of a batch: several threads can each take a part. Takes `series`, what
 * {@link batchInputs} says and the parameters; gives `loss` [] and `NAME/gradient` of each parameter.
 */
export function toGradientOnnx(model: tf.LayersModel, options: TrainingOptions): Uint8Array {
  const network = networkOf(model)
  const graph = new Graph(`${model.name}_gradient`, options.float)
  const series = graph.input('series', ['rows', options.scaler.center.length])
  const inputs = batchInputs(model, { ...options, training: true })
  const values = inputsOf(graph, inputs)
  const weights = network.parameters.map(({ name, shape }) => graph.input(name, shape))
  const batch = batchOf(series, inputs, values, { ...network, ...options })
  const { value, gradients } = lossGradients(network, weights, batch, options)
  graph.output(value, 'loss')
  network.parameters.forEach(({ name }, i) => {
    graph.output(gradients[i], `${name}/gradient`)
  })
  return encode(graph)
}

/**
 * The second half: the update of some parameters, from the sum of the parts' gradients. So threads can share this, too.
 * Takes `learning_rate` [], `step` [], the state of its parameters, and `NAME/gradient.0`, `.1`, … of each of them, or
 * of all parameters where gradients are clipped, since that needs the norm of all; gives `step.next`, `….next` and
 * `gradient_square` [], the sum of the squares of its parameters' gradients.
 */
export function toUpdateOnnx(
  model: tf.LayersModel,
  options: TrainingOptions,
  parts: number,
  share: readonly string[],
): Uint8Array {
  const { parameters } = networkOf(model)
  const own = parameters.filter(({ name }) => share.includes(name))
  const update = updateOf(own, options)
  const graph = new Graph(`${model.name}_update`, options.float)
  const learningRate = graph.input('learning_rate', [])
  const step = graph.input('step', [])
  const before = update.state.map(({ name, shape }) => graph.input(name, shape))
  const needed = clipsGradients(options) ? parameters : own
  const gradients = needed.map(({ name, shape }) =>
    sum(Array.from({ length: parts }, (_, k) => graph.input(`${name}/gradient.${k}`, shape))),
  )
  const ownGradients = gradients.filter((_, i) => own.includes(needed[i]))
  graph.output(sum([graph.scalar(0), ...ownGradients.map(sumOfSquares)]), 'gradient_square') // a share may be empty
  const norm = clipsGradients(options) ? normOf(gradients) : undefined
  outputNext(graph, update.state, update.apply(step, before, ownGradients, learningRate, norm))
  return encode(graph)
}

/**
 * The loss alone, nothing dropped out or corrupted: takes `series`, what {@link batchInputs} says, [steps, batch] each,
 * and the parameters; gives `loss` [steps].
 */
export function toEvaluationOnnx(model: tf.LayersModel, options: TrainingOptions): Uint8Array {
  const network = networkOf(model)
  const graph = new Graph(`${model.name}_evaluation`, options.float)
  const series = graph.input('series', ['rows', options.scaler.center.length])
  const inputs = batchInputs(model, { ...options, training: false })
  const batches = inputsOf(graph, inputs, ['steps'])
  const weights = network.parameters.map(({ name, shape }) => graph.input(name, shape))
  const { kept } = scan({ name: 'batches', state: [], sequences: batches }, (_, values) => {
    const batch = batchOf(series, inputs, values, { ...network, ...options })
    return { state: [], keep: [batchLoss(network, weights, batch, { ...options, training: false }).value] }
  })
  graph.output(kept[0], 'loss')
  return encode(graph)
}

function lossGradients(network: Network, weights: readonly Value[], batch: Batch, options: TrainingOptions) {
  const { value, gradients: ofCosts } = batchLoss(network, weights, batch, { ...options, training: true })
  return { value, gradients: gradients(ofCosts(), weights) }
}

/** Whether the update needs the norm of all gradients. */
export const clipsGradients = ({ clipNorm = 0 }: Pick<TrainingOptions, 'clipNorm'>): boolean => clipNorm > 0

const normOf = (gradients: readonly Value[]) => sqrt(sum(gradients.map(sumOfSquares)))

/** The update of parameters' state by their gradients and the norm of all, and what the state is. */
function updateOf(
  parameters: readonly Parameter[],
  { optimizer: settings = { name: 'adam' }, clipNorm = 0 }: TrainingOptions,
) {
  const optimizer = optimizerOf(settings)
  const slots = optimizer.slots.flatMap((slot) =>
    parameters.map(({ name, shape }) => ({ name: `${name}/${slot}`, shape })),
  )
  return {
    state: [...parameters.map(({ name, shape }) => ({ name, shape })), ...slots],
    apply(
      stepBefore: Value,
      before: readonly Value[],
      gradients: readonly Value[],
      learningRate: Value,
      norm?: Value,
    ) {
      const step = add(stepBefore, 1)
      const scale = norm && clipNorm > 0 ? div(clipNorm, max(norm, clipNorm)) : undefined
      const updates = parameters.map((_, i) => {
        const [w, ...slots] = before.filter((_, k) => k % parameters.length === i)
        return { w, gradient: gradients[i], scale, slots }
      })
      const updated = updateAll(updates, optimizer.update(step, learningRate))
      const bySlot = optimizer.slots.flatMap((_, k) => updated.map(({ slots }) => slots[k]))
      return [step, ...updated.map(({ w }) => w), ...bySlot]
    },
  }
}

/** Names the new state: the step first, then the tensors in their order. */
function outputNext(graph: Graph, state: readonly StateTensor[], next: readonly Value[]): void {
  for (const [i, name] of ['step', ...state.map(({ name }) => name)].entries())
    graph.output(next[i], `${name}.next`)
}

const encode = (graph: Graph, metadata: Record<string, string> = {}) =>
  encodeModel(graph, { version, metadata })
