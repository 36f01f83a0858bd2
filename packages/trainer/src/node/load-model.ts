import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import '@tempocode/models' // makes its layers known to tfjs
import * as tf from '@tensorflow/tfjs'

/**
 * Reads a model that `saveRun` wrote into its directory, as `train/model.json` and `train/weights.bin`.
 * @throws TempocodeError `file` where one is missing or damaged
 */
export async function loadModel(directory: string): Promise<tf.LayersModel> {
  const file = join(directory, 'train', 'model.json')
  const [json, weights] = await Promise.all([file, join(directory, 'train', 'weights.bin')].map(read))
  try {
    const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(json))
    const weightSpecs: tf.io.WeightsManifestEntry[] = weightsManifest[0].weights
    const weightData = weights.slice().buffer
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TempocodeError('file', `cannot read the model ${file}: ${reason}`, { file }, { cause })
  }
}

async function read(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is none' : cause.message
    throw new TempocodeError('file', `cannot read the model ${file}: ${reason}`, { file }, { cause })
  })
}
