import { TempocodeError } from '@tempocode/core'
import type { Value } from '../graph/graph.js'
import { hardSigmoid, relu, sigmoid, tanh } from '../graph/ops.js'

export type ActivationName = 'linear' | 'relu' | 'tanh' | 'sigmoid' | 'hardSigmoid'

interface Activation {
  apply: (x: Value) => Value
  /** Its name in the `activations` of ONNX's recurrent operators. */
  recurrentName: string
}

// tfjs and Keras 2: slope 0.2, offset 0.5. (Keras 3 has slope 1/6 under the same name.)
export const HARD_SIGMOID = { slope: 0.2, offset: 0.5 }

export const activations: Record<ActivationName, Activation> = {
  linear: { apply: (x) => x, recurrentName: 'Affine' },
  relu: { apply: relu, recurrentName: 'Relu' },
  tanh: { apply: tanh, recurrentName: 'Tanh' },
  sigmoid: { apply: sigmoid, recurrentName: 'Sigmoid' },
  hardSigmoid: {
    apply: (x) => hardSigmoid(x, HARD_SIGMOID.slope, HARD_SIGMOID.offset),
    recurrentName: 'HardSigmoid',
  },
}

/** @throws TempocodeError `unsupported` for an activation that is none of those allowed */
export function activationOf(
  layer: string,
  option: string,
  name: unknown,
  allowed: readonly ActivationName[],
): ActivationName {
  const found = allowed.find((candidate) => candidate === name)
  if (found) return found
  const message = `layer ${layer}: ${option} "${name}" cannot be exported; use one of ${allowed.join(', ')}`
  throw new TempocodeError('unsupported', message, { layer })
}
