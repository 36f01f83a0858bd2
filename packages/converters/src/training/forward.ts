import { TempocodeError } from '@tempocode/core'
import { isMasked, type Target, targetsOf } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { add, div, mul, reduceSum, sub } from '../graph/ops.js'
import { innerLayers, Lowerings } from '../layers/index.js'
import {
  everyStep,
  type Parameter,
  refuseOptions,
  type Signal,
  type TrainingContext,
} from '../layers/lowering.js'
import { stored } from '../layers/weights.js'
import { walk } from '../network.js'
import { type Batch, countOf } from './batch.js'
import { type LossName, losses, pinball } from './losses.js'

/** A network whose layers are all known to be trainable as ONNX. */
export interface Network {
  model: tf.LayersModel
  lowerings: Lowerings
  /** What training changes, in the layers' order. Weights of frozen layers are not among them. */
  parameters: Parameter[]
  /** Their names. */
  frozen: string[]
  /** Rows in a window. */
  window: number
  /** What the outputs should equal, in their order. */
  targets: readonly Target[]
}

// What changes training and not inference, and what the training graph has not.
const UNTRAINABLE = ['dropout', 'recurrentDropout', 'activityRegularizer'].concat(
  ['kernel', 'recurrent', 'bias'].flatMap((weight) => [`${weight}Regularizer`, `${weight}Constraint`]),
)

/**
 * @throws TempocodeError `unsupported` where a layer, or an option of it, cannot be trained as a graph, `model` where
 * it is not known what the outputs should equal
 */
export function networkOf(model: tf.LayersModel): Network {
  const targets = targetsOf(model)
  const [, window] = model.inputs[0].shape as number[]
  if (isMasked(model) && targets.some(({ offset, steps }) => offset + steps > window)) {
    const message = `model ${model.name} has masking and predicts rows after the window; padded sequences have none`
    throw new TempocodeError('model', message)
  }
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer')
  for (const inner of layers.flatMap(innerLayers)) refuseOptions(inner, UNTRAINABLE, 'trained by ONNX')
  const lowerings = new Lowerings()
  const parameters = [...new Set(layers.flatMap((layer) => lowerings.of(layer).parameters))]
  return {
    model,
    lowerings,
    parameters: parameters.filter(({ trainable }) => trainable),
    frozen: parameters.filter(({ trainable }) => !trainable).map(({ name }) => name),
    window,
    targets,
  }
}

export interface LossOptions {
  /** Of all outputs but quantiles, whose loss is the pinball loss. Default mse. */
  loss?: LossName
  /** How much each output's loss counts, by the output's name. Default 1 each. */
  lossWeights?: Readonly<Record<string, number>>
}

/**
 * One batch through the network: what it makes of the windows, or of what noise leaves of them, is compared with what
 * its outputs should equal. The loss is the sum of the outputs' mean losses, each times its weight, and of what
 * layers add to it.
 * @param weights one for each of the network's parameters
 * @returns the loss, of shape []; and what it depends on, with its gradients
 */
export function batchLoss(
  { model, lowerings, parameters, targets }: Network,
  weights: readonly Value[],
  batch: Batch,
  { loss = 'mse', lossWeights, training }: LossOptions & { training: boolean },
): { value: Value; gradients: () => Map<Value, Value> } {
  const { graph } = batch.seen
  const { sampleWeights, mask, zeros, ones, dropout } = batch
  const costs: Cost[] = []
  const context: TrainingContext = {
    training,
    mask,
    zeros,
    ones,
    dropout,
    penalize: (value, cost, gradient) => costs.push({ value, cost, share: sampleWeights, gradient }),
  }
  const weightOf = new Map(parameters.map((parameter, i) => [parameter, weights[i]]))
  const ofParameter = (parameter: Parameter) => weightOf.get(parameter) ?? stored(graph, parameter)
  const outputs = walk<Signal>(model, { value: batch.seen }, (layer, inputs) => {
    const lowering = lowerings.of(layer)
    return lowering.training(inputs, lowering.parameters.map(ofParameter), context)
  })

  outputs.forEach((output, i) => {
    const value = everyStep(output)
    const { quantile } = targets[i]
    const { of, derivative } = quantile === undefined ? losses[loss] : pinball(quantile)
    const counts = batch.counts(targets[i])
    const difference = sub(value, batch.target(targets[i]))
    const error = counts ? mul(difference, counts) : difference
    const [steps, columns] = value.shape as [number, number]
    const part = mul(
      sampleWeights,
      (lossWeights?.[targets[i].output] ?? 1) / (counts ? columns : steps * columns),
    )
    const share = counts ? div(part, countOf(counts)) : part
    costs.push({ value, cost: of(error), share, gradient: () => derivative(error) })
  })
  const parts = costs.map(({ cost, share }) => {
    const perWindow = reduceSum(cost, cost.shape.length === 3 ? [0, 1] : [0])
    return reduceSum(mul(perWindow, share), [0])
  })
  return {
    value: parts.reduce(add),
    gradients: () => gradientsOf(costs),
  }
}

/** By each value, of all its costs: an output, too, may be penalized. */
function gradientsOf(costs: readonly Cost[]): Map<Value, Value> {
  const found = new Map<Value, Value>()
  for (const { value, share, gradient } of costs) {
    const others = found.get(value)
    const own = mul(gradient(), share)
    found.set(value, others ? add(others, own) : own)
  }
  return found
}

/** What the loss has of a value [.., batch]: the sum over a window's costs, times the window's share. */
interface Cost {
  value: Value
  cost: Value
  share: Value
  gradient: () => Value
}
