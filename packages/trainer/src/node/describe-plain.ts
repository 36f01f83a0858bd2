import type { RefusedNode } from '@tempocode/runtime'

/** The section of README.md on the encoder in plain operators. */
export const describePlain = ({ operator, reason }: RefusedNode): string => `\
## encoder.plain.onnx

The same encoder with its ${operator} layers written as loops of products and activations, for CUDA: ${reason}. It takes and
gives the same as encoder.onnx, which is faster on every other device.

\`\`\`js
const encoder = await loadEncoder('encoder.plain.onnx', { device: 'cuda' })
\`\`\`

`
