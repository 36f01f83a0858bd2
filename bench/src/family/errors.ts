import { targetsOf } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { tensor3d } from '@tensorflow/tfjs'

const BATCH = 256 // windows that are predicted at once

/** Scaled rows, and the windows in them that are judged. */
export interface Rows {
  values: Float32Array
  columns: number
  starts: Int32Array
}

/** Which inputs to hide, one for each value of the windows one behind the other: 1 for those that the network does not see. */
export type Hidden = Uint8Array

/**
 * The mean squared error of each output, by plain tfjs.
 * @param hidden inputs that are 0 instead of themselves; then they alone are judged
 */
export function errorsOf(model: tf.LayersModel, rows: Rows, hidden?: Hidden): Record<string, number> {
  const targets = targetsOf(model)
  const window = model.inputs[0].shape[1]!
  const sums = targets.map(() => ({ squares: 0, count: 0 }))
  for (let first = 0; first < rows.starts.length; first += BATCH) {
    const starts = rows.starts.subarray(first, first + BATCH)
    const inputs = gathered(rows, starts, 0, window)
    const unseen = hidden?.subarray(first * window * rows.columns)
    const seen = unseen ? inputs.map((value, i) => (unseen[i] ? 0 : value)) : inputs
    predict(model, seen, [starts.length, window, rows.columns]).forEach((output, k) => {
      const { offset, steps } = targets[k]
      const expected = gathered(rows, starts, offset, steps)
      for (let i = 0; i < expected.length; i++) {
        if (unseen && !unseen[i]) continue
        sums[k].squares += (output[i] - expected[i]) ** 2
        sums[k].count++
      }
    })
  }
  return Object.fromEntries(targets.map(({ output }, k) => [output, sums[k].squares / sums[k].count]))
}

/** Some rows of each window, one window behind the other. */
function gathered(
  { values, columns }: Rows,
  starts: Int32Array,
  offset: number,
  steps: number,
): Float32Array {
  const gathered = new Float32Array(starts.length * steps * columns)
  starts.forEach((start, i) => {
    const first = (start + offset) * columns
    gathered.set(values.subarray(first, first + steps * columns), i * steps * columns)
  })
  return gathered
}

/** All outputs of the model, for inputs [batch, window, columns]. */
export function predict(
  model: tf.LayersModel,
  inputs: Float32Array,
  shape: [number, number, number],
): Float32Array[] {
  const input = tensor3d(inputs, shape)
  const outputs = [model.predictOnBatch(input)].flat()
  const values = outputs.map((output) => output.dataSync() as Float32Array)
  for (const tensor of [input, ...outputs]) tensor.dispose()
  return values
}
