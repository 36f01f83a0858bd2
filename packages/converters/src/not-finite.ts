import { stepNumbers } from './forward-pass.js'
import type { Value } from './graph/graph.js'
import { greater, reduceSum, sub, toFloat, unsqueeze, where } from './graph/ops.js'

/**
 * 0 for each window of finite numbers, NaN for the others: x − x. ONNX Runtime's LSTM turns NaN and infinity into
 * finite outputs, and a wrong feature that looks right is worse than none. What stands in the padding does not count.
 * @param x [batch, …]
 * @returns [batch, 1]
 */
export function notFinite(x: Value, lengths?: Value): Value {
  const seen = lengths
    ? where(greater(stepNumbers(x), unsqueeze(unsqueeze(toFloat(lengths), 1), 1)), 0, x)
    : x
  const axes = x.shape.map((_, axis) => axis).slice(1)
  return unsqueeze(reduceSum(sub(seen, seen), axes), 1)
}
