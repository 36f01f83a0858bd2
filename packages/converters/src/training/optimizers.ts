import type { Value } from '../graph/graph.js'
import { add, div, mul, pow, sqrt, sub } from '../graph/ops.js'

/** An optimizer and its settings; what is left out has the default of tfjs and Keras. */
export type OptimizerOptions =
  | { name: 'sgd' /** Default 0. */; momentum?: number /** Default false. */; nesterov?: boolean }
  | { name: 'adam'; beta1?: number; beta2?: number; epsilon?: number }
  | {
      name: 'adamw'
      beta1?: number
      beta2?: number
      epsilon?: number /** Default 0.004. */
      weightDecay?: number
    }
  | {
      name: 'rmsprop' /** Default 0.9. */
      rho?: number /** Default 0. */
      momentum?: number
      epsilon?: number
    }

/** One parameter's update: its value w, its gradient · scale, and what the optimizer remembers of it. */
export interface Update {
  w: Value
  gradient: Value
  /** Clipping's factor, to be multiplied into the gradient wherever that costs least. */
  scale?: Value
  slots: readonly Value[]
}

export interface Updated {
  w: Value
  slots: readonly Value[]
}

export interface Optimizer {
  /** What is remembered of each parameter, all zeros at first. */
  slots: readonly string[]
  /**
   * The update of any parameter in one step.
   * @param step its number, from 1, as a floating-point number
   */
  update(step: Value, learningRate: Value): (one: Update) => Updated
}

export function optimizerOf(options: OptimizerOptions): Optimizer {
  switch (options.name) {
    case 'sgd':
      return sgd(options.momentum ?? 0, options.nesterov ?? false)
    case 'adam':
      return adam(options.beta1 ?? 0.9, options.beta2 ?? 0.999, options.epsilon ?? 1e-7, 0)
    case 'adamw':
      return adam(
        options.beta1 ?? 0.9,
        options.beta2 ?? 0.999,
        options.epsilon ?? 1e-7,
        options.weightDecay ?? 0.004,
      )
    case 'rmsprop':
      return rmsprop(options.rho ?? 0.9, options.momentum ?? 0, options.epsilon ?? 1e-7)
  }
}

const scaled = (gradient: Value, scale?: Value) => (scale ? mul(gradient, scale) : gradient)

/** u = μ u₋ + g, w = w₋ − η u; with Nesterov's momentum w = w₋ − η (g + μ u) (Sutskever et al. 2013). */
function sgd(momentum: number, nesterov: boolean): Optimizer {
  if (momentum === 0) {
    return {
      slots: [],
      update:
        (_, learningRate) =>
        ({ w, gradient, scale }) => {
          const rate = scale ? mul(learningRate, scale) : learningRate
          return { w: sub(w, mul(gradient, rate)), slots: [] }
        },
    }
  }
  return {
    slots: ['momentum'],
    update:
      (_, learningRate) =>
      ({ w, gradient, scale, slots: [before] }) => {
        const g = scaled(gradient, scale)
        const u = add(mul(before, momentum), g)
        const direction = nesterov ? add(g, mul(u, momentum)) : u
        return { w: sub(w, mul(direction, learningRate)), slots: [u] }
      },
  }
}

/**
 * m = β₁ m₋ + (1 − β₁) g, v = β₂ v₋ + (1 − β₂) g², w = w₋ − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and
 * v̂ = v / (1 − β₂ᵗ) (Kingma & Ba 2015, algorithm 1); with weight decay λ also − η λ w₋ (Loshchilov & Hutter 2019).
 *
 * Weights are many and the rest are numbers, so what can be is moved into numbers: the slots hold M = m / (1 − β₁) and
 * V = v / (1 − β₂), and with b = √((1 − β₂ᵗ) / (1 − β₂)) the update is w₋ − η b (1 − β₁) / (1 − β₁ᵗ) · M / (√V + b ε).
 * (Keras corrects η alone and not ε, and so differs where gradients are as small as ε.)
 */
function adam(beta1: number, beta2: number, epsilon: number, weightDecay: number): Optimizer {
  return {
    slots: ['m', 'v'],
    update(step, learningRate) {
      const { graph } = step
      const b = sqrt(div(sub(1, pow(graph.scalar(beta2), step)), 1 - beta2))
      const rate = mul(learningRate, div(mul(b, 1 - beta1), sub(1, pow(graph.scalar(beta1), step))))
      const epsilonB = mul(b, epsilon)
      const keep = weightDecay > 0 ? sub(1, mul(learningRate, weightDecay)) : undefined
      return ({ w, gradient, scale, slots: [before1, before2] }) => {
        const g = scaled(gradient, scale)
        const m = add(mul(before1, beta1), g)
        const v = add(mul(before2, beta2), mul(g, g))
        const change = mul(div(m, add(sqrt(v), epsilonB)), rate)
        return { w: sub(keep ? mul(w, keep) : w, change), slots: [m, v] }
      }
    },
  }
}

/** s = ρ s₋ + (1 − ρ) g², u = μ u₋ + η g / √(s + ε), w = w₋ − u (Tieleman & Hinton 2012; ε as in tfjs). */
function rmsprop(rho: number, momentum: number, epsilon: number): Optimizer {
  return {
    slots: ['square', ...(momentum > 0 ? ['momentum'] : [])],
    update:
      (_, learningRate) =>
      ({ w, gradient, scale, slots: [before, uBefore] }) => {
        const g = scaled(gradient, scale)
        const s = add(mul(before, rho), mul(mul(g, g), 1 - rho))
        const change = mul(div(g, sqrt(add(s, epsilon))), learningRate)
        if (!uBefore) return { w: sub(w, change), slots: [s] }
        const u = add(mul(uBefore, momentum), change)
        return { w: sub(w, u), slots: [s, u] }
      },
  }
}
