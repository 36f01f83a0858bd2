import type { Kernel } from './kernel.js'
import { refusedByCudnn } from './recurrent-kernels.js'

// The kernels of ONNX Runtime's CUDA provider for operator set 18: docs/OperatorKernels.md in its sources. Of the types
// those that Tempocode may meet. (No function is called here, so that bundlers leave this out where nobody asks for it.)

const floats = 'float32 float64 float16'
const numbers = 'float32 float64 float16 int32 int64'
const signed = 'float32 float64 float16 int32 int64 int8'
const all = 'float32 float64 float16 int32 int64 int8 uint8'
const any = 'float32 float64 float16 int32 int64 int8 uint8 bool'

export const cudaKernels: readonly Kernel[] = [
  { operators: 'Abs Add Div Mul Neg Sign Sub', types: signed },
  { operators: 'Greater GreaterOrEqual Less LessOrEqual Max Min Pow', types: numbers },
  { operators: 'Equal', types: 'float32 float64 float16 int32 int64 bool' },
  { operators: 'And Not Or Xor', types: 'bool' },
  {
    operators: 'Ceil Elu Erf Exp Floor HardSigmoid LeakyRelu Log Reciprocal Relu Selu Sigmoid',
    types: floats,
  },
  { operators: 'LogSoftmax Softmax Softplus Softsign Sqrt Sum Tanh', types: floats },
  { operators: 'Gemm MatMul', types: floats },
  { operators: 'CumSum ReduceMax ReduceMin ReduceSum', types: numbers },
  { operators: 'ReduceMean', types: 'float32 float64 float16 int32' },
  { operators: 'ReduceLogSumExp ReduceSumSquare', types: floats },
  { operators: 'Concat Flatten Slice Squeeze Transpose Unsqueeze', types: all },
  { operators: 'Cast Constant ConstantOfShape Expand Gather Identity Reshape Split', types: any },
  { operators: 'Where', types: 'float32 float64 float16 int32 int64 uint8', typed: 1 },
  { operators: 'If Loop Scan', types: any },
  {
    operators: 'LSTM',
    types: floats,
    only: 'Sigmoid, Tanh, Tanh; no clip, peepholes or input_forget',
    refuses: refusedByCudnn,
  },
  { operators: 'GRU', types: floats, only: 'Sigmoid, Tanh; reset after; no clip', refuses: refusedByCudnn },
]
