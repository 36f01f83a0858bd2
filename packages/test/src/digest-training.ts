import { lstmAutoencoder } from '@tempocode/models'
import { fit, type Series } from '@tempocode/trainer'

export interface DigestTraining {
  units: number[]
  epochs: number
  threads: number
}

/** Ends with the same bits on every machine. */
export const ONE_THREAD: DigestTraining = { units: [8, 4], epochs: 3, threads: 1 }

/** Large enough that two workers share each batch. */
export const TWO_THREADS: DigestTraining = { units: [48], epochs: 1, threads: 2 }

// What ONE_THREAD ends with. Whatever changes these weights in their last bit changes the digest: the seeded numbers,
// the order of windows, the scaler, the training graph, ONNX Runtime. If that was meant, the new digest belongs here.
export const DIGEST = '320d4c567f23d53d83e6446c7a176801e1cba86a734b514c16cbcfbba2f74b0c'

/** Trains on a series of hourly weather, and gives the SHA-256 of all weights, hexadecimal. */
export async function trainForDigest(series: Series, { units, epochs, threads }: DigestTraining) {
  const model = lstmAutoencoder({ window: 24, columns: series.columns.length, units })
  const { checkpoint, initialLoss, finalLoss } = await fit(model, series, {
    stride: 24,
    epochs,
    threads,
    schedule: 'cosine',
    learningRate: 0.01,
    engine: 'onnx',
    device: 'wasm',
  })
  const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()])
  const digest = await crypto.subtle.digest('SHA-256', Float32Array.from(weights))
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { digest: hex, engine: checkpoint.engine, initialLoss, finalLoss }
}
