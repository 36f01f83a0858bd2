import type { ActivityRegularization } from '@tempocode/models'
import { abs, mul, sign } from '../graph/ops.js'
import type { Lowering } from './lowering.js'

/** Its input, whose size costs l1 · Σ|x| in training. */
export function activityRegularization({ l1 }: ActivityRegularization): Lowering {
  return {
    parameters: [],
    states: [],
    inference: (inputs) => inputs,
    training([x], _, batch) {
      const { value, repeat = 1 } = x
      if (l1 > 0) batch.penalize(value, mul(abs(value), l1 * repeat), () => mul(sign(value), l1 * repeat))
      return [x]
    },
  }
}
