import { createSession } from '@tempocode/runtime'
import { writeModel } from '../../../packages/runtime/src/testing/onnx-writer.js'
import { THREADS } from '../system.js'
import { waves } from '../waves.js'
import { serve, timed } from './serve.js'

// What ONNX Runtime makes of this machine at best: one large product of matrices, whatever the row.

const SIZE = 2048
const square = [SIZE, SIZE]
const model = writeModel({
  nodes: [{ op: 'MatMul', inputs: ['a', 'b'], outputs: ['c'] }],
  inputs: [
    { name: 'a', dims: square },
    { name: 'b', dims: square },
  ],
  outputs: [{ name: 'c', dims: square }],
})
const session = await createSession(model, 'cpu', { threads: THREADS })
const matrix = { data: waves(SIZE, SIZE), shape: square }
await serve(async () => ({
  call: () => timed(() => session.run({ a: matrix, b: matrix })),
  close: async () => {},
}))
