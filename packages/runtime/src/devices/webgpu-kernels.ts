import type { Kernel } from './kernel.js'
import { refusedByShaders } from './recurrent-kernels.js'

// The kernels of onnxruntime-web's WebGPU provider, as far as they were seen to run: packages/test tries in Chromium
// each operator that Tempocode writes. (No function is called here: see cuda-kernels.ts.)

export const webgpuKernels: readonly Kernel[] = [
  { operators: 'Abs Add Div Exp HardSigmoid Identity Log Max Min Mul Neg Pow', types: 'float32' },
  { operators: 'Relu Sigmoid Sqrt Sub Tanh', types: 'float32' },
  { operators: 'Greater Less', types: 'float32 int32' },
  { operators: 'Cast', types: 'float32 int32 bool' },
  { operators: 'Gemm MatMul', types: 'float32' },
  { operators: 'CumSum ReduceMax ReduceMean ReduceSum ReduceSumSquare', types: 'float32' },
  { operators: 'Concat Expand Gather Reshape Slice Squeeze Transpose Unsqueeze', types: 'float32' },
  { operators: 'Where', types: 'float32', typed: 1 },
  {
    operators: 'Split',
    types: 'float32',
    only: '7 outputs at most',
    // An adapter may allow 8 storage buffers and no more, and the input takes one.
    refuses: ({ outputs }) =>
      outputs.length > 7 ? `gives 7 outputs at most, and this one ${outputs.length}` : undefined,
  },
  { operators: 'GRU LSTM', types: 'float32', only: 'Sigmoid, Tanh, Relu', refuses: refusedByShaders },
]
