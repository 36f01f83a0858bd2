import {
  type ActivityRegularization,
  callsOf,
  isMasked,
  MASK_VALUE,
  spanOf,
  type Target,
  targetsOf,
} from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import type { Windows } from '../windows.js'
import type { Draws } from './draws.js'
import type { Task } from './engine.js'
import { errorLoss, pinballLoss } from './tfjs-losses.js'

/** Losses of windows as tfjs computes them, from a series that stays on its device. */
export interface TfjsLoss {
  /** Of each window. */
  of(windows: Windows, training: boolean, draws?: Draws): tf.Tensor
  dispose(): void
}

export function tfjsLoss({ model, values, columns, window, scaler, loss, lossWeights }: Task): TfjsLoss {
  const targets = targetsOf(model)
  const span = spanOf(window, targets)
  const penalties = callsOf(model).filter(({ layer }) => layer.getClassName() === 'ActivityRegularization')
  const extended = tf.model({
    inputs: model.inputs,
    outputs: [...model.outputs, ...penalties.flatMap(({ outputs }) => outputs)],
  })
  const padded = isMasked(model)
  const series = tf.tidy(() => {
    const raw = tf.tensor2d(values, [values.length / columns, columns])
    return tf.div(tf.sub(raw, scaler.center), scaler.scale) as tf.Tensor2D
  })
  const offsets = tf.range(0, span, 1, 'int32')
  const setDrops = replaceDropout(model)

  const column = (numbers: Int32Array) => tf.tensor2d(numbers, [numbers.length, 1], 'int32')

  /** Of an output, for each window: the mean over what is not padding. */
  const lossOf = (
    output: tf.Tensor,
    rows: tf.Tensor,
    { offset, steps, columns, quantile }: Target,
    counts?: tf.Tensor,
  ) => {
    const error = tf.sub(output, tf.slice(rows, [0, offset, 0], [-1, steps, columns]))
    const losses = quantile === undefined ? errorLoss[loss](error) : pinballLoss(quantile, error)
    if (!counts) return tf.mean(losses, [1, 2])
    const part = tf.slice(counts, [0, offset], [-1, steps])
    const sum = tf.sum(tf.mul(tf.mean(losses, 2), part), 1)
    return tf.div(sum, tf.maximum(tf.sum(part, 1), 1))
  }

  return {
    of: ({ starts, lengths }, training, draws) =>
      tf.tidy(() => {
        const within = lengths ? tf.minimum(offsets, tf.sub(column(lengths), 1)) : offsets
        const rows = tf.gather(series, tf.add(column(starts), within).cast('int32'))
        const counts = lengths && tf.less(offsets, column(lengths)).cast('float32')
        const clean = tf.slice(rows, [0, 0, 0], [-1, window, -1])
        const noisy = draws?.keep ? corrupted(clean, draws) : clean
        const seen = padded && counts ? withPadding(noisy, tf.slice(counts, [0, 0], [-1, window])) : noisy
        setDrops(draws)
        const results = [extended.apply(seen, { training })].flat() as tf.Tensor[]
        setDrops(undefined)
        const ofOutputs = targets.map((target, i) =>
          tf.mul(lossOf(results[i], rows, target, counts), lossWeights?.[target.output] ?? 1),
        )
        const ofPenalties = penalties.map(({ layer }, i) => {
          const activity = tf.abs(results[targets.length + i])
          const axes = activity.shape.map((_, axis) => axis).slice(1)
          return tf.mul(tf.sum(activity, axes), (layer as ActivityRegularization).l1)
        })
        return tf.addN([...ofOutputs, ...ofPenalties])
      }),

    dispose() {
      tf.dispose([series, offsets])
      setDrops.restore()
    },
  }
}

const corrupted = (windows: tf.Tensor, { keep, fill }: Draws): tf.Tensor =>
  tf.add(tf.mul(windows, tf.tensor(keep.data, [...keep.shape])), tf.tensor(fill.data, [...fill.shape]))

/** Masking knows padding by its value. */
const withPadding = (windows: tf.Tensor, counts: tf.Tensor): tf.Tensor =>
  tf.where(tf.expandDims(counts, 2).cast('bool'), windows, tf.fill(windows.shape, MASK_VALUE))

/**
 * Makes the model's layers Dropout multiply by what the project's own generator drew: tfjs's draws cannot be repeated
 * from the middle of a training on.
 */
function replaceDropout(model: tf.LayersModel) {
  const layers = model.layers.filter((layer) => layer.getClassName() === 'Dropout')
  let drawn: Draws | undefined
  for (const layer of layers) {
    layer.call = (inputs) => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs
      const keep = drawn?.[`${layer.name}/keep`]
      return keep ? tf.mul(x, tf.tensor(keep.data, [...keep.shape])) : x
    }
  }
  const set = (draws?: Draws) => {
    drawn = draws
  }
  const restore = () => {
    for (const layer of layers) Reflect.deleteProperty(layer, 'call') // that of its class is visible again
  }
  return Object.assign(set, { restore })
}
