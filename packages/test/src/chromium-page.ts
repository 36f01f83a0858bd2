import { seriesOf } from '@tempocode/trainer'
import * as tf from '@tensorflow/tfjs'
import { type DigestTraining, trainForDigest } from './digest-training.js'

// What the test's page runs, bundled for the browser.

/** A series as JSON carries it. */
export interface PlainSeries {
  columns: string[]
  values: number[]
}

export async function train(url: string, how: DigestTraining) {
  await tf.setBackend('cpu')
  const { columns, values }: PlainSeries = await (await fetch(url)).json()
  const training = await trainForDigest(seriesOf(Float32Array.from(values), { columns }), how)
  return { ...training, isolated: crossOriginIsolated }
}
