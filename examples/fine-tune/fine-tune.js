// Goes on with a training on new rows, with nothing but ONNX Runtime and plain arrays. `tempocode train` left all that is
// needed in train/: training.onnx is the training step, and state.onnx what it starts from. (`fineTune` of
// @tempocode/trainer/fine-tune does this with the options of `fit`, and writes a new encoder.onnx.)
//
//     node examples/fine-tune/fine-tune.js out new-rows.csv

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import ort from 'onnxruntime-node'

const BATCH = 32

/**
 * @param {string} directory what `tempocode train` wrote
 * @param {Float32Array} values rows × columns, raw: scaling is inside the training step
 * @returns the mean loss of each epoch, and the state in the end: the weights by their names, and the optimizer's
 */
export async function fineTune(directory, values, { epochs = 5, learningRate = 0.001 } = {}) {
  const { columns, window } = await encoderOf(directory)
  const series = new ort.Tensor('float32', values, [values.length / columns.length, columns.length])
  const training = await ort.InferenceSession.create(join(directory, 'train/training.onnx'))
  const start = await ort.InferenceSession.create(join(directory, 'train/state.onnx'))
  let state = await start.run({})

  const losses = []
  for (let epoch = 1; epoch <= epochs; epoch++) {
    // one call makes all steps of an epoch; the graph takes its windows from the series itself
    const starts = shuffled(series.dims[0] - window + 1)
    const steps = Math.floor(starts.length / BATCH)
    const outputs = await training.run({
      ...state,
      series,
      starts: new ort.Tensor('int64', starts.slice(0, steps * BATCH), [steps, BATCH]),
      sample_weights: new ort.Tensor('float32', new Float32Array(steps * BATCH).fill(1 / BATCH), [
        steps,
        BATCH,
      ]),
      learning_rate: new ort.Tensor('float32', new Float32Array(steps).fill(learningRate), [steps]),
    })
    state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[`${name}.next`]]))
    losses.push(outputs.loss.data.reduce((sum, loss) => sum + loss, 0) / steps)
  }
  return { losses, state }
}

/** The columns' names and the rows in a window. */
async function encoderOf(directory) {
  return JSON.parse(await readFile(join(directory, 'train/config.json'), 'utf8')).encoder
}

/** The whole numbers below n in an order without pattern: large steps around a circle. */
function shuffled(n) {
  const STEP = 7919 // a prime, so that each number comes once (unless n is a multiple of it)
  return BigInt64Array.from({ length: n }, (_, i) => BigInt((i * STEP) % n))
}

/** The columns of these names, from a CSV file of numbers with a header. */
async function readColumns(file, names) {
  const [header, ...rows] = (await readFile(file, 'utf8')).trim().split(/\r?\n/)
  const places = names.map((name) => header.split(',').indexOf(name))
  return Float32Array.from(rows.flatMap((row) => places.map((place) => Number(row.split(',')[place]))))
}

if (import.meta.url === pathToFileURL(argv[1]).href) {
  const [, , directory, file] = argv
  const { columns } = await encoderOf(directory)
  const { losses, state } = await fineTune(directory, await readColumns(file, columns))
  losses.forEach((loss, i) => {
    console.log(`epoch ${i + 1}  loss ${loss.toFixed(5)}`)
  })
  console.log(
    `${state.step.data[0]} steps; weights: ${Object.keys(state)
      .filter((name) => name !== 'step')
      .join(', ')}`,
  )
}
