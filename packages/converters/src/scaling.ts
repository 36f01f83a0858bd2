import type { ScalerState } from '@tempocode/runtime/metadata'
import type { Value } from './graph/graph.js'
import { div, sub } from './graph/ops.js'

/** Raw rows, columns last, as the network sees them. */
export function scaled(x: Value, { kind, center, scale }: ScalerState): Value {
  if (kind === 'none') return x
  const { graph } = x
  return div(sub(x, graph.constant(center, [center.length])), graph.constant(scale, [scale.length]))
}
