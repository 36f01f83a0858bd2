import type { GraphNode } from './node-graph.js'

/** What a device has of an operator, as of operator set 18. */
export interface Kernel {
  /** The operators of ONNX that this is about, with spaces between them. */
  operators: string
  /** Element types that it computes with, with spaces between them. */
  types: string
  /** The input whose type that is. Default 0. */
  typed?: number
  /** What else must hold, for documentation. */
  only?: string
  /** What keeps a node from running, if anything does. */
  refuses?: (node: GraphNode) => string | undefined
}

export const kernelOf = (operator: string, kernels: readonly Kernel[]): Kernel | undefined =>
  kernels.find(({ operators }) => operators.split(' ').includes(operator))
