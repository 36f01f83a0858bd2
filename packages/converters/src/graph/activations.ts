import type { Value } from './graph.js'
import { hardSigmoid, mul, relu, sigmoid, sign, sub, tanh } from './ops.js'

export interface Activation {
  apply: (x: Value) => Value
  /** f′(x), from y = f(x). */
  derivative: (y: Value) => Value
  /** Its name among the `activations` of ONNX's recurrent operators. */
  recurrentName: string
}

// tfjs and Keras 2: slope 0.2, offset 0.5. (Keras 3 has slope 1/6 under the same name.)
export const HARD_SIGMOID = { slope: 0.2, offset: 0.5 }

export const activations = {
  sigmoid: { apply: sigmoid, derivative: (y) => mul(y, sub(1, y)), recurrentName: 'Sigmoid' },
  tanh: { apply: tanh, derivative: (y) => sub(1, mul(y, y)), recurrentName: 'Tanh' },
  relu: { apply: relu, derivative: sign, recurrentName: 'Relu' },
  hardSigmoid: {
    apply: (x) => hardSigmoid(x, HARD_SIGMOID.slope, HARD_SIGMOID.offset),
    derivative: (y) => mul(HARD_SIGMOID.slope, sign(mul(y, sub(1, y)))), // y (1 − y) > 0 between the ends alone
    recurrentName: 'HardSigmoid',
  },
} satisfies Record<string, Activation>

export type ActivationName = keyof typeof activations
