import { MASK_VALUE } from '@tempocode/models'
import { createSession, type SessionDevice, type Tensor } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'

/** Windows back to back, and how many rows of each count where they are padded. */
export interface PaddedWindows {
  rows: Float32Array
  /** [batch, time, columns] */
  shape: readonly [batch: number, time: number, columns: number]
  lengths?: readonly number[]
}

/** The windows with a value in their padding. */
export function padWith({ rows, shape: [, time, columns], lengths }: PaddedWindows, padding: number) {
  if (!lengths) return rows
  const step = (i: number) => Math.floor(i / columns)
  return rows.map((value, i) => (step(i) % time < lengths[Math.floor(step(i) / time)] ? value : padding))
}

/** Features by tfjs, of windows that are scaled before they are padded as tfjs knows it. */
export function tfjsFeatures(
  code: tf.LayersModel,
  windows: PaddedWindows,
  { center, scale }: { center: readonly number[]; scale: readonly number[] },
): Float32Array {
  return tf.tidy(() => {
    const shape = [...windows.shape]
    const scaled = tf.div(tf.sub(tf.tensor(windows.rows, shape), [...center]), [...scale])
    const rows = padWith({ ...windows, rows: scaled.dataSync() as Float32Array }, MASK_VALUE)
    const features = code.predict(tf.tensor(rows, shape), { batchSize: shape[0] }) as tf.Tensor
    return features.dataSync() as Float32Array
  })
}

/** What an encoder's file takes. */
export function feedsOf({ rows, shape, lengths }: PaddedWindows): Record<string, Tensor> {
  const input = { data: rows, shape }
  return lengths ? { input, lengths: { data: Int32Array.from(lengths), shape: [lengths.length] } } : { input }
}

/** Features by an encoder's file, of raw windows. */
export async function onnxFeatures(
  file: Uint8Array,
  windows: PaddedWindows,
  device: SessionDevice = 'cpu',
  threads = 1,
): Promise<Float32Array> {
  const session = await createSession(file, device, { threads })
  try {
    const { features } = await session.run(feedsOf(windows))
    return features.data as Float32Array
  } finally {
    await session.release()
  }
}
