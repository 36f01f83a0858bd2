import type { GraphNode } from './node-graph.js'

const DEFAULTS: Record<string, readonly string[]> = {
  LSTM: ['Sigmoid', 'Tanh', 'Tanh'],
  GRU: ['Sigmoid', 'Tanh'],
}

/** The activations of an LSTM or a GRU, those of a second direction behind those of the first. */
const activationsOf = ({ operator, attributes }: GraphNode): readonly string[] =>
  attributes.get('activations')?.texts ?? DEFAULTS[operator]

/**
 * What CUDA's LSTM and GRU, which are cuDNN's, do not compute. Source: `RNNNeedFallbackToCPU` in ONNX Runtime's
 * core/providers/cuda/cuda_execution_provider.cc.
 */
export function refusedByCudnn(node: GraphNode): string | undefined {
  const { operator, inputs, attributes } = node
  const due = DEFAULTS[operator]
  const received = activationsOf(node)
  if (received.some((name, i) => name.toLowerCase() !== due[i % due.length].toLowerCase()))
    return `computes with ${due.join(', ')} alone, and this one with ${received.join(', ')}`
  const written = ['activation_alpha', 'activation_beta', 'clip'].find((name) => attributes.has(name))
  if (written) return `has no ${written}, and this one has`
  if (operator === 'GRU' && attributes.get('linear_before_reset')?.int !== 1)
    return 'resets after the product with R alone (linear_before_reset 1), and this one before it'
  if (attributes.get('input_forget')?.int) return 'has no input_forget, and this one has'
  if (attributes.get('layout')?.int) return 'has no layout 1, and this one has'
  return inputs[7] ? 'has no peepholes, and this one has' : undefined
}

const WEBGPU = ['sigmoid', 'tanh', 'relu']

/** What the shaders of WebGPU's LSTM and GRU do not compute: such a session fails when it is made, or when it runs. */
export function refusedByShaders(node: GraphNode): string | undefined {
  const other = activationsOf(node).find((name) => !WEBGPU.includes(name.toLowerCase()))
  return other && `computes with Sigmoid, Tanh and Relu alone, and this one with ${other}`
}
