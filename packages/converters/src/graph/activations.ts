import type { Value } from './graph.js'
import { hardSigmoid, mul, relu, sigmoid, sign, sub, tanh } from './ops.js'

export interface Activation {
  apply: (x: Value) => Value
  /** p ⊙ f′(x), from p and y = f(x); p ⊙ y spares a product where it is at hand. */
  backward: (p: Value, y: Value, py?: Value) => Value
  /** Its name among the `activations` of ONNX's recurrent operators. */
  recurrentName: string
}

// tfjs and Keras 2: slope 0.2, offset 0.5. (Keras 3 has slope 1/6 under the same name.)
export const HARD_SIGMOID = { slope: 0.2, offset: 0.5 }

export const activations = {
  sigmoid: {
    apply: sigmoid,
    backward: (p, y, py = mul(p, y)) => sub(py, mul(py, y)), // f′ = y (1 − y)
    recurrentName: 'Sigmoid',
  },
  tanh: {
    apply: tanh,
    backward: (p, y, py = mul(p, y)) => sub(p, mul(py, y)), // f′ = 1 − y²
    recurrentName: 'Tanh',
  },
  relu: {
    apply: relu,
    backward: (p, y) => mul(p, sign(y)), // f′ = 1 where y > 0, else 0
    recurrentName: 'Relu',
  },
  hardSigmoid: {
    apply: (x) => hardSigmoid(x, HARD_SIGMOID.slope, HARD_SIGMOID.offset),
    backward: (p, y) => mul(p, mul(HARD_SIGMOID.slope, sign(mul(y, sub(1, y))))), // y (1 − y) > 0 between the ends
    recurrentName: 'HardSigmoid',
  },
} satisfies Record<string, Activation>

export type ActivationName = keyof typeof activations
