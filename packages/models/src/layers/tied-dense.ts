import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import {
  type ActivationName,
  activationNamed,
  type Kwargs,
  type LayerArgs,
  only,
  type Shape,
} from './layer.js'

export type TiedDenseArgs = LayerArgs & {
  /** The name of the Dense layer whose kernel is used; in a saved model `{ name }`, as tfjs alters other strings. */
  tiedTo: string | { name: string }
  /** Default linear. */
  activation?: ActivationName
  /** Default true. */
  useBias?: boolean
}

/**
 * A Dense layer that undoes another one with that one's own kernel, transposed: y = activation(x · Kᵀ + b),
 * [batch, units of the tied Dense] → [batch, inputs of the tied Dense]. Half the weights of two Dense layers.
 *
 * The tied Dense must come before it in the network: it is looked for by name, from the input upwards, when the layer
 * is applied. So it is found as well when a model is loaded. The kernel is a weight of the tied Dense alone and
 * receives the gradients of both uses; this layer's only weight is its bias, [inputs of the tied Dense].
 *
 * @throws TempocodeError `model`, when applied, where no Dense of that name leads to the input or its units differ
 */
export class TiedDense extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'TiedDense'
  private readonly options: { tiedTo: string; activation: ActivationName; useBias: boolean }
  private readonly activate: (x: tf.Tensor) => tf.Tensor
  private dense?: tf.layers.Layer
  private bias?: tf.LayerVariable

  constructor(args: TiedDenseArgs) {
    super(args)
    const { tiedTo, activation = 'linear', useBias = true } = args
    this.options = { tiedTo: typeof tiedTo === 'string' ? tiedTo : tiedTo.name, activation, useBias }
    this.activate = activationNamed('activation', activation)
  }

  /** The Dense layer whose kernel this one uses; its first weight. */
  get tied(): tf.layers.Layer {
    if (this.dense) return this.dense
    throw new TempocodeError(
      'model',
      `layer ${this.name} is tied to ${this.options.tiedTo}, but was not yet applied in a network that has it`,
      { layer: this.name },
    )
  }

  override apply(
    inputs: tf.Tensor | tf.Tensor[] | tf.SymbolicTensor | tf.SymbolicTensor[],
    kwargs?: Kwargs,
  ): tf.Tensor | tf.Tensor[] | tf.SymbolicTensor | tf.SymbolicTensor[] {
    const input = only<tf.Tensor | tf.SymbolicTensor>(inputs)
    if (!this.dense && input instanceof tf.SymbolicTensor) this.dense = this.find(input)
    return super.apply(inputs, kwargs)
  }

  override build(): void {
    if (this.options.useBias) {
      const [size] = this.kernel().shape
      this.bias = this.addWeight('bias', [size], 'float32', tf.initializers.zeros())
    }
    this.built = true
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape)[0], this.kernel().shape[0]]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const product = tf.matMul(only(inputs) as tf.Tensor2D, this.kernel() as tf.Tensor2D, false, true)
      return this.activate(this.bias ? product.add(this.bias.read()) : product)
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { tiedTo, activation, useBias } = this.options
    return { ...super.getConfig(), tiedTo: { name: tiedTo }, activation, useBias }
  }

  private kernel(): tf.Tensor {
    return this.tied.weights[0].read()
  }

  private find(input: tf.SymbolicTensor): tf.layers.Layer {
    const { tiedTo } = this.options
    const refuse = (reason: string) =>
      new TempocodeError('model', `layer ${this.name} is tied to ${tiedTo}, but ${reason}`, {
        layer: this.name,
      })
    const names: string[] = []
    for (const layer of layersBefore(input)) {
      names.push(layer.name)
      if (layer.name !== tiedTo) continue
      const kind = layer.getClassName()
      if (kind !== 'Dense') throw refuse(`that is a ${kind} and not a Dense`)
      const units = layer.weights[0].shape[1]
      if (input.rank === 2 && input.shape[1] === units) return layer
      throw refuse(
        `its input is [${input.shape.map((size) => size ?? 'batch').join(', ')}] and not [batch, ${units}]`,
      )
    }
    throw refuse(`the layers before it are ${names.join(', ')}`)
  }
}

/** Every layer that a tensor depends on, the nearest first, each once. */
function layersBefore(tensor: tf.SymbolicTensor): Set<tf.layers.Layer> {
  const layers = new Set<tf.layers.Layer>()
  const queue = [tensor]
  for (const { sourceLayer, inputs } of queue) {
    if (layers.has(sourceLayer)) continue
    layers.add(sourceLayer)
    queue.push(...inputs)
  }
  return layers
}

tf.serialization.registerClass(TiedDense)
