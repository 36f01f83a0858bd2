import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { writeFileAtomic } from './atomic.js'

/** Writes a model as `model.json` and `weights.bin`, tfjs's own format: `tf.loadLayersModel` loads it. */
export async function saveModel(model: tf.LayersModel, directory: string): Promise<void> {
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    const weights = tf.io.CompositeArrayBuffer.join(artifacts.weightData)
    const { modelTopology, format, generatedBy, convertedBy, weightSpecs } = artifacts
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
    const json = { modelTopology, format, generatedBy, convertedBy, weightsManifest }
    // the weights first: who finds model.json finds them
    await writeFileAtomic(join(directory, 'weights.bin'), new Uint8Array(weights))
    await writeFileAtomic(join(directory, 'model.json'), `${JSON.stringify(json)}\n`)
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } }
  })
  await model.save(handler)
}
