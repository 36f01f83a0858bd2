import { mul } from '../graph/ops.js'
import type { Lowering } from './lowering.js'

/**
 * From here on, steps past a sequence's length are padding. tfjs knows padding by a value, our graphs by the lengths;
 * what stands there does not matter to them.
 */
export function masking(): Lowering {
  return {
    parameters: [],
    states: [],
    inference: ([{ value }]) => [{ value, masked: true }],
    training: ([{ value }], _, { mask }) => [{ value: mask ? mul(value, mask.steps) : value, masked: true }],
  }
}

/** What goes on from here has no padding: decoders generate every row. */
export function unmask(): Lowering {
  return {
    parameters: [],
    states: [],
    inference: ([{ value }]) => [{ value }],
    training: ([{ value, repeat }]) => [{ value, repeat }],
  }
}
