import { openEngine } from '@tempocode/trainer'
import { networkOf } from './network.js'
import type { Network } from './rows.js'
import { waves } from './waves.js'

/** Trains a row's network as `fit` does: by the onnx engine, in its threads or workers. */
export interface RowEngine {
  /** So many steps, in one call of the engine. */
  train(steps: number): Promise<unknown>
  close(): Promise<void>
}

/** The engine of a row, each of whose steps sees all of the row's windows. */
export async function engineOf(row: Network, device: 'cpu' | 'wasm', threads: number): Promise<RowEngine> {
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
    threads,
  }
  const engine = await openEngine(task, 'onnx', device, (message) => {
    throw new Error(message)
  })
  const step = { starts: Int32Array.from({ length: batch }, (_, i) => i * window), learningRate: 0.001 }
  return {
    train: (steps) => engine.train(Array.from({ length: steps }, () => step)),
    async close() {
      await engine.dispose()
      model.dispose()
    },
  }
}
