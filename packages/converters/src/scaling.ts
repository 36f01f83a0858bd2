import type { ScalerState } from '@tempocode/runtime/metadata'
import type { Value } from './graph/graph.js'
import { add, div, mul, sub } from './graph/ops.js'

/** Raw rows, columns last, as the network sees them. */
export function scaled(x: Value, { kind, center, scale }: ScalerState): Value {
  if (kind === 'none') return x
  const { graph } = x
  return div(sub(x, graph.constant(center, [center.length])), graph.constant(scale, [scale.length]))
}

/** What the network gives as raw rows, columns last. */
export function unscaled(x: Value, { kind, center, scale }: ScalerState): Value {
  if (kind === 'none') return x
  const { graph } = x
  return add(mul(x, graph.constant(scale, [scale.length])), graph.constant(center, [center.length]))
}
