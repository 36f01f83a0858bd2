import { openEngine, Pace } from '@tempocode/trainer'
import { useFastTfjs } from '@tempocode/trainer/node'
import { networkOf } from '../network.js'
import type { Network } from '../rows.js'
import { THREADS } from '../system.js'
import { waves } from '../waves.js'
import { serve, type Trainee, timed } from './serve.js'

// Tempocode as `fit` uses it: the engine in its threads, and as many steps in a call as take 75 ms.

const device = process.argv[2] as 'cpu' | 'wasm'
await useFastTfjs()
await serve(prepare)

async function prepare(row: Network): Promise<Trainee> {
  const { batch, window, columns } = row
  const model = networkOf(row)
  const task = {
    model,
    values: waves(batch * window, columns),
    columns,
    window,
    scaler: { kind: 'none' as const, center: Array(columns).fill(0), scale: Array(columns).fill(1) },
    loss: 'mse' as const,
    optimizer: { name: 'adam' as const },
    clipNorm: 0,
    batchSize: batch,
    threads: device === 'cpu' ? THREADS : 1,
  }
  const engine = await openEngine(task, 'onnx', device, (message) => {
    throw new Error(message)
  })
  const pace = new Pace()
  const step = { starts: Int32Array.from({ length: batch }, (_, i) => i * window), learningRate: 0.001 }
  return {
    async call() {
      const batches = Array.from({ length: pace.steps }, () => step)
      let ms = 0
      await pace.measure(batches.length, async () => {
        ms = await timed(() => engine.train(batches))
      })
      return ms / batches.length
    },
    async close() {
      await engine.dispose()
      model.dispose()
    },
  }
}
