import type { Value } from '../graph/graph.js'
import { expand, unsqueeze } from '../graph/ops.js'
import type { Lowering } from './lowering.js'

/** The vector at each of `n` steps. */
export const repeatVector: Lowering<{ n: number }> = {
  options: (layer) => ({ n: layer.getConfig().n as number }),
  inference: (x: Value, _weights, { n }) => expand(unsqueeze(x, 0), [n, ...x.shape]),
}
