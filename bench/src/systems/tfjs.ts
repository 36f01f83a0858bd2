import { createRequire } from 'node:module'
import type * as tfjs from '@tensorflow/tfjs'
import type { Network } from '../rows.js'
import { waves } from '../waves.js'
import { serve, type Trainee, timed } from './serve.js'

// tfjs: with its WASM backend, or, where the folder of one is given, as tfjs-node.

const [folder] = process.argv.slice(2)
const tf = folder ? withTensorFlow(folder) : await withWasm()
await serve(prepare)

async function withWasm(): Promise<typeof tfjs> {
  const { useFastTfjs } = await import('@tempocode/trainer/node')
  await useFastTfjs()
  return import('@tensorflow/tfjs')
}

/** tfjs-node brings a tfjs of its own; with a second one in the process each would register all it has again. */
function withTensorFlow(folder: string): typeof tfjs {
  const tf: typeof tfjs = createRequire(import.meta.url)(`${folder}/tfjs-node`)
  tf.enableProdMode()
  if (tf.getBackend() === 'tensorflow') return tf
  throw new Error(`tfjs-node computes with ${tf.getBackend()}, not with TensorFlow`)
}

async function prepare(row: Network): Promise<Trainee> {
  const { batch, window, columns } = row
  const model = autoencoder(row)
  model.compile({ optimizer: tf.train.adam(), loss: 'meanSquaredError' })
  const windows = tf.tensor3d(waves(batch * window, columns), [batch, window, columns])
  return {
    call: () => timed(() => model.trainOnBatch(windows, windows)),
    async close() {
      model.dispose()
      windows.dispose()
    },
  }
}

/** The network of `lstmAutoencoder`; its orthogonal matrices, which tfjs takes minutes to make, are Glorot's here. */
function autoencoder({ window, columns, units, activation }: Network): tfjs.LayersModel {
  const lstm = (count: number, returnSequences: boolean) =>
    tf.layers.lstm({
      units: count,
      activation,
      recurrentActivation: 'sigmoid',
      recurrentInitializer: 'glorotUniform',
      returnSequences,
    })
  const input = tf.input({ shape: [window, columns] })
  const layers = [
    ...units.map((count, i) => lstm(count, i < units.length - 1)),
    tf.layers.repeatVector({ n: window }),
    ...[...units].reverse().map((count) => lstm(count, true)),
    tf.layers.timeDistributed({ layer: tf.layers.dense({ units: columns }) }),
  ]
  const output = layers.reduce<tfjs.SymbolicTensor>(
    (x, layer) => layer.apply(x) as tfjs.SymbolicTensor,
    input,
  )
  return tf.model({ inputs: input, outputs: output })
}
