import * as tf from '@tensorflow/tfjs'
import type { OptimizerOptions } from '../fit/settings.js'

/** tfjs's optimizers with a learning rate for each step, and a state that can be put back to the bit. */
export interface TfjsOptimizer {
  apply(gradients: Record<string, tf.Tensor>, learningRate: number): void
  /** What it remembers; they stay its own. */
  slots(): Promise<tf.Tensor[]>
  restore(step: number, slots: readonly Float32Array[]): Promise<void>
  dispose(): void
}

/** @param variables what it changes */
export function optimizerOf(options: OptimizerOptions, variables: readonly tf.Variable[]): TfjsOptimizer {
  let optimizer = create(options)

  return {
    apply(gradients, learningRate) {
      if (options.name === 'adamw') decay(variables, learningRate * (options.weightDecay ?? 0.004))
      setLearningRate(optimizer, learningRate)
      optimizer.applyGradients(gradients)
    },

    async slots() {
      const [count, ...slots] = await optimizer.getWeights() // a new tensor, then the optimizer's own variables
      count.tensor.dispose()
      return [...slots.map(({ tensor }) => tensor), ...powersOf(optimizer)]
    },

    async restore(step, values) {
      optimizer.dispose()
      optimizer = create(options)
      const powers = powersOf(optimizer)
      const slots = values.slice(0, values.length - powers.length)
      const tensors = slots.map((slot, i) => tf.tensor(slot, variables[i % variables.length].shape))
      const count = tf.scalar(step, 'int32')
      const named = [count, ...tensors].map((tensor, i) => ({ name: `slot_${i}`, tensor }))
      await optimizer.setWeights(named)
      tf.dispose([count, ...tensors])
      powers.forEach((power, i) => {
        const value = tf.tensor(values[slots.length + i], [])
        power.assign(value)
        value.dispose()
      })
    },

    dispose: () => optimizer.dispose(),
  }
}

function create(options: OptimizerOptions): tf.Optimizer {
  const rate = 0 // each step sets its own
  switch (options.name) {
    case 'sgd':
      return options.momentum
        ? tf.train.momentum(rate, options.momentum, options.nesterov)
        : tf.train.sgd(rate)
    case 'rmsprop':
      return tf.train.rmsprop(rate, options.rho, options.momentum, options.epsilon ?? 1e-7)
    default:
      return tf.train.adam(rate, options.beta1, options.beta2, options.epsilon ?? 1e-7)
  }
}

/** AdamW's: w − η λ w, before Adam's own step (Loshchilov & Hutter 2019). */
function decay(variables: readonly tf.Variable[], part: number): void {
  for (const variable of variables) variable.assign(tf.tidy(() => tf.mul(variable, 1 - part)))
}

function setLearningRate(optimizer: tf.Optimizer, learningRate: number): void {
  // not by instanceof, which for tfjs's optimizers is true of all of them
  if ('setLearningRate' in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(learningRate)
  else Object.assign(optimizer, { learningRate })
}

/**
 * Adam's β₁ᵗ and β₂ᵗ. tfjs keeps them as products of 32-bit numbers and, when its weights are set, computes them anew as
 * powers, which differ in their last bits.
 */
function powersOf(optimizer: tf.Optimizer): tf.Variable[] {
  if (optimizer.getClassName() !== 'Adam') return []
  return ['accBeta1', 'accBeta2'].map((name) => Reflect.get(optimizer, name) as tf.Variable)
}
