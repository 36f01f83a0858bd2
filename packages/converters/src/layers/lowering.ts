import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { expand, reduceSum, unsqueeze } from '../graph/ops.js'

/** A layer as ONNX, once all its options are known to be supported. */
export interface Lowering {
  /** The weights that the layer computes with, in the layout that training graphs use. Tied layers share theirs. */
  parameters: readonly Parameter[]
  /**
   * Of a layer that can be run step by step, the sizes of the states that go from each step to the next. They come
   * behind its inputs and go out behind its outputs. Undefined where a step's output needs later steps.
   */
  states?: readonly number[]
  /** For graphs that infer: sequences are [time, batch, n], vectors [batch, n]. The weights become constants. */
  inference(inputs: readonly Signal[], batch: InferenceContext): readonly Signal[]
  /** For graphs that train, with one value for each parameter: sequences are [time, n, batch], vectors [n, batch]. */
  training(inputs: readonly Signal[], parameters: readonly Value[], batch: TrainingContext): readonly Signal[]
}

/** What flows between layers: a sequence or a vector; or, of `repeat` equal steps, the one vector. */
export interface Signal {
  value: Value
  repeat?: number
  /** Whether steps past a sequence's length are padding. */
  masked?: boolean
}

/** What layers need to know of the batch in a graph that infers. */
export interface InferenceContext {
  /** [batch] int32: the sequences' lengths, in models with masking. */
  lengths?: Value
}

/** What layers need to know of the batch in a graph that trains. */
export interface TrainingContext {
  /** Whether gradients will be asked for; else what they need is not computed, and nothing is dropped out. */
  training: boolean
  /** Zeros of shape [n, batch]. */
  zeros: (n: number) => Value
  /** Ones of shape [time, 1, batch]. */
  ones: (time: number) => Value
  /** In models with masking, of shape [time, 1, batch]. */
  mask?: Mask
  /** What dropout leaves of a layer's input: 0, or 1 / (1 − rate); a sequence or a vector, as the input is. */
  dropout: (layer: string, shape: readonly number[]) => Value
  /** Adds to the loss what a window's n values cost, [n, batch] or [time, n, batch]; `gradient` is by `value`. */
  penalize: (value: Value, cost: Value, gradient: () => Value) => void
}

export interface Mask {
  /** 1 at each step of a sequence, 0 past its end. */
  steps: Value
  /** 1 at the last step of a sequence, else 0. */
  last: Value
}

/** A layer's weight in a training graph. */
export interface Parameter {
  /** `layer/weight`, as in tfjs. */
  name: string
  /** What it is read from and written to: layers that share it have the same one. */
  variable: object
  shape: number[]
  /** Whether training changes it; else it is a constant. */
  trainable: boolean
  /** Copies it from the layer. */
  read(): Float32Array
  /** Changes the layer's weight. */
  write(values: Float32Array): void
}

/** @throws TempocodeError `unsupported` where an option is switched on that the graph would not honour */
export function refuseOptions(
  layer: tf.layers.Layer,
  names: readonly string[],
  verb: 'exported' | 'trained by ONNX' = 'exported',
): void {
  const config = layer.getConfig()
  for (const name of names) {
    if (config[name]) throw unsupported(layer, `${name} cannot be ${verb}`)
  }
}

export const unsupported = (layer: tf.layers.Layer, what: string): TempocodeError =>
  new TempocodeError('unsupported', `layer ${layer.name} (${layer.getClassName()}): ${what}`, {
    layer: layer.name,
  })

/** @throws TempocodeError `unsupported` where a sequence has padding, which the layer would take for values */
export function refusePadding(layer: tf.layers.Layer, inputs: readonly Signal[], done: string): void {
  if (inputs.some(({ masked }) => masked)) throw unsupported(layer, `padded sequences cannot be ${done}`)
}

/** The value of each step, of a vector that stands for equal steps, too. */
export function everyStep({ value, repeat }: Signal): Value {
  if (!repeat) return value
  const [steps] = value.graph.block(
    [value],
    () => [expand(unsqueeze(value, 0), [repeat, ...value.shape])],
    ([dy]) => [dy && reduceSum(dy, [0])],
  )
  return steps
}
