import { TempocodeError } from '@tempocode/core'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { add, expand, gather, mul, reduceSum, sub, toFloat, transpose, unsqueeze } from '../graph/ops.js'
import { sameShape } from '../graph/shapes.js'
import { innerLayer, lower } from '../layers/index.js'
import {
  type BatchContext,
  type Lowering,
  type Parameter,
  refuseOptions,
  type Signal,
} from '../layers/lowering.js'
import { walk } from '../network.js'
import { scaled } from '../scaling.js'
import { type LossName, losses } from './losses.js'

/** A network whose layers are all known to be trainable as ONNX. */
export interface Network {
  model: tf.LayersModel
  lowerings: Map<tf.layers.Layer, Lowering>
  /** What training changes, in the layers' order. Weights of frozen layers are not among them. */
  parameters: Parameter[]
}

// What changes training and not inference, and what the training graph has not.
const UNTRAINABLE = ['dropout', 'recurrentDropout', 'activityRegularizer'].concat(
  ['kernel', 'recurrent', 'bias'].flatMap((weight) => [`${weight}Regularizer`, `${weight}Constraint`]),
)

/** @throws TempocodeError `unsupported` where a layer, or an option of it, cannot be trained as a graph */
export function networkOf(model: tf.LayersModel): Network {
  if (model.outputs.length !== 1) {
    const message = `model ${model.name} has ${model.outputs.length} outputs; models of one output can be trained by ONNX`
    throw new TempocodeError('unsupported', message)
  }
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer')
  for (const layer of layers) refuseOptions(innerLayer(layer), UNTRAINABLE, 'trained by ONNX')
  const lowerings = new Map(layers.map((layer) => [layer, lower(layer)]))
  const all = [...lowerings.values()].flatMap(({ parameters }) => parameters)
  return { model, lowerings, parameters: all.filter(({ trainable }) => trainable) }
}

/** Windows to learn from, and the series that they are parts of. */
export interface Batch {
  /** [rows, columns], raw. */
  series: Value
  /** [batch] int64, the rows where windows start. */
  starts: Value
  /** [batch], each window's part in the loss: 1 / batch where all count the same. */
  sampleWeights: Value
  /** Where inputs are corrupted: scaled values x become keep ⊙ x + fill, both [batch, window, columns]. */
  noise?: { keep: Value; fill: Value }
}

/**
 * One batch through the network: its windows are gathered from the series and scaled, and what the network makes of
 * them, or of what noise leaves of them, is compared with themselves.
 * @param weights one for each of the network's parameters
 * @returns the loss, of shape []; the network's output and the loss's gradient by it
 */
export function batchLoss(
  { model, lowerings, parameters }: Network,
  weights: readonly Value[],
  { series, starts, sampleWeights, noise }: Batch,
  { loss = 'mse', scaler, training }: { loss?: LossName; scaler: ScalerState; training: boolean },
) {
  const [, window] = model.inputs[0].shape as number[]
  const firstRows = unsqueeze(starts, 0)
  const zeroRow = mul(toFloat(firstRows), 0)
  const context: BatchContext = {
    training,
    zeros: (n) => expand(zeroRow, [n, starts.shape[0]]),
    ones: (time) => expand(add(zeroRow, 1), [time, 1, starts.shape[0]]),
  }

  const offsets = series.graph.integers(Array.from({ length: window }, (_, t) => t))
  const raw = gather(series, add(firstRows, unsqueeze(offsets, 1)))
  const target = transpose(scaled(raw, scaler), [0, 2, 1])

  const [keep, fill] = noise ? [noise.keep, noise.fill].map((values) => transpose(values, [1, 2, 0])) : []
  const seen = noise ? add(mul(target, keep), fill) : target

  const weightOf = new Map(parameters.map((parameter, i) => [parameter, weights[i]]))
  const [{ value: output, repeat }] = walk<Signal>(model, { value: seen }, (layer, x) => {
    const lowering = lowerings.get(layer) as Lowering
    return lowering.training(
      x,
      lowering.parameters.map(
        (parameter) => weightOf.get(parameter) ?? series.graph.constant(parameter.read(), parameter.shape),
      ),
      context,
    )
  })
  if (repeat || !sameShape(output.shape, target.shape)) {
    throw new TempocodeError(
      'model',
      `model ${model.name} does not give back what it takes, [batch, window, columns]`,
    )
  }

  const [time, columns] = target.shape as [number, number]
  const error = sub(output, target)
  const share = mul(sampleWeights, 1 / (time * columns))
  const value = reduceSum(mul(reduceSum(losses[loss].of(error), [0, 1]), share), [0])
  return { value, output, gradient: () => mul(losses[loss].derivative(error), share) }
}
