import { toEvaluationOnnx, toOnnx, toTrainingOnnx } from '@tempocode/converters'
import { Random } from '@tempocode/core'
import { denseAutoencoder, stackedAutoencoder } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { constantShapes } from './count-nodes.js'
import { randomizeWeights, relativeError } from './random-models.js'
import { TrainingGraph } from './run-training.js'
import { smallTraining } from './small-training.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const SIZE = { window: 3, columns: 2, units: [5, 4], activation: 'tanh' as const }
const KERNELS = [1, 2].map((i) => ({ shared: `encoder_${i}/kernel`, other: `decoder_${3 - i}/kernel` }))
const H = 1e-6

/** A tied network, and one that computes the same with kernels of its own in the decoder. */
function twins() {
  const tied = stackedAutoencoder(SIZE)
  randomizeWeights(tied, new Random(0))
  const untied = denseAutoencoder(SIZE)
  for (const layer of untied.layers) {
    const [kernel] = tied.getLayer(layer.name).getWeights()
    const number = Number(/^decoder_(\d)/.exec(layer.name)?.[1])
    const undone = number && tied.getLayer(`encoder_${3 - number}`).getWeights()[0]
    if (layer.weights.length === 0) continue
    layer.setWeights(undone ? [tf.transpose(undone), kernel] : tied.getLayer(layer.name).getWeights())
  }
  return { tied, untied }
}

const transposed = (values: ArrayLike<number>, rows: number, columns: number) =>
  Array.from({ length: values.length }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)])

/** A model as tf.loadLayersModel gives it back. */
async function reload(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts = {}
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
    }),
  )
  const modelTopology = JSON.parse(JSON.stringify(saved.modelTopology))
  return tf.loadLayersModel(tf.io.fromMemory({ ...saved, modelTopology }))
}

test('the gradient of a shared kernel is the sum of those of both uses, which are slopes of the loss', async () => {
  const { tied, untied } = twins()
  const { options, series, nextBatch } = smallTraining('tied', tied, new Random(1))
  const batch = nextBatch()
  const inDouble = { ...options, float: 'float64' as const }
  const { graph, gradients, loss } = await TrainingGraph.gradients(tied, inDouble, series, batch)
  const parts = await TrainingGraph.gradients(untied, inDouble, series, batch)
  expect(parts.loss).toBeCloseTo(loss, 12)

  /** Central differences by each element of a kernel of the untied network. */
  const slopes = async (name: string) => {
    const values = parts.graph.get(name)
    const found: number[] = []
    for (let i = 0; i < values.length; i++) {
      const losses: number[] = []
      for (const h of [H, -H]) {
        parts.graph.set(
          name,
          values.map((w, k) => (k === i ? w + h : w)),
        )
        losses.push((await parts.graph.evaluate(series, [batch]))[0])
      }
      found.push((losses[0] - losses[1]) / (2 * H))
    }
    parts.graph.set(name, values)
    return found
  }
  for (const { shared, other } of KERNELS) {
    const index = graph.file.parameters.findIndex(({ name }) => name === shared)
    const [rows, columns] = graph.file.parameters[index].shape
    const [ofEncoder, ofDecoder] = [await slopes(shared), await slopes(other)]
    const sum = transposed(ofDecoder, columns, rows).map((slope, i) => slope + ofEncoder[i])
    expect(relativeError(gradients[index], sum), shared).toBeLessThan(1e-6)
    expect(relativeError(ofEncoder, sum), 'the encoder’s part alone').toBeGreaterThan(0.1)
  }
})

test('a file has each shared kernel once, and half the weights are trained', () => {
  const { tied, untied } = twins()
  const whole = (model: tf.LayersModel) =>
    tf.model({ inputs: model.inputs, outputs: model.getLayer('decoder_2').output as tf.SymbolicTensor })
  const kernelsIn = (file: Uint8Array) => constantShapes(file).filter(({ length }) => length === 2)
  expect(kernelsIn(toOnnx(whole(tied)))).toEqual([
    [5, 6],
    [4, 5],
  ])
  expect(kernelsIn(toOnnx(whole(untied)))).toHaveLength(4)

  const { options } = smallTraining('tied', tied, new Random(0))
  const sizes = (model: tf.LayersModel) =>
    toTrainingOnnx(model, options).parameters.map(({ shape: [rows, columns] }) => rows * columns)
  expect(sizes(tied)).toEqual([30, 5, 20, 4, 5, 6])
  expect(sizes(untied)).toEqual([30, 5, 20, 4, 20, 5, 30, 6])
})

test('a tied network that was loaded is exported and trained as the one that was saved', async () => {
  const { tied } = twins()
  const loaded = await reload(tied)
  const { options, series, nextBatch } = smallTraining('tied', tied, new Random(1))
  expect(toTrainingOnnx(loaded, options).bytes).toEqual(toTrainingOnnx(tied, options).bytes)
  expect(toEvaluationOnnx(loaded, options)).toEqual(toEvaluationOnnx(tied, options))

  const batches = [nextBatch(), nextBatch()]
  const [first, second] = [tied, loaded].map((model) => new TrainingGraph(model, options))
  expect(await second.train(series, batches, 0.1)).toEqual(await first.train(series, batches, 0.1))
  expect(second.weights()).toEqual(first.weights())
  expect(second.weights()).not.toEqual(second.file.parameters.map(({ read }) => read()))
})
