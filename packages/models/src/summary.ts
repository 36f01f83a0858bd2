import * as tf from '@tensorflow/tfjs'
import { type Call, callsOf } from './calls.js'
import { findCode } from './code.js'
import { kindOf, shapeOf, sharingOf } from './describe.js'

/**
 * A model as a table: of each layer its index in `model.layers`, name and class, output shape, number of weights, what
 * it is connected to where that is not just the layer above, and `← code` at the layer that gives the code, which is
 * where `encoderOf` cuts. Shared weights are counted once, where they are first used.
 *
 *     #  layer                                    output           weights
 *     0  window (InputLayer)                      [batch, 24, 2]         0
 *     1  encoder_1 (LSTM)                         [batch, 32]        4,480  ← code
 *     2  repeat (RepeatVector)                    [batch, 24, 32]        0
 *     3  decoder_1 (LSTM)                         [batch, 24, 32]    8,320
 *     4  reconstruction (TimeDistributed(Dense))  [batch, 24, 2]        66
 *
 * @returns lines without an end of line after the last
 * @throws TempocodeError `model` where the model has no outputs yet
 */
export function summary(model: tf.LayersModel): string {
  const calls = callsOf(model)
  const code = findCode(model)
  const counted = new Set<number>()
  const rows = calls.map((call, row) => {
    const index = model.layers.indexOf(call.layer)
    const own = call.layer.weights.filter(({ id }) => !counted.has(id) && counted.add(id))
    return [
      index < 0 ? '' : String(index), // tf.Sequential does not list its input
      `${call.layer.name} (${kindOf(call.layer)})`,
      call.outputs.map(shapeOf).join(', '),
      grouped(sizeOf(own)),
      notes(call, row, calls, code).join('  '),
    ]
  })
  const table = aligned([['#', 'layer', 'output', 'weights', ''], ...rows])
  return [model.name, ...table, totals(model)].join('\n')
}

function notes(call: Call, row: number, calls: readonly Call[], code?: tf.SymbolicTensor): string[] {
  const isNext = call.from.length === 1 && call.from[0] === calls[row - 1]
  const sharing = sharingOf(call, calls)
  return [
    call.from.length > 0 && !isNext ? `from ${call.from.map(({ layer }) => layer.name).join(', ')}` : '',
    sharing ? `${sharing.what} of ${sharing.layer.name}` : '',
    code && call.outputs.includes(code) ? '← code' : '',
  ].filter(Boolean)
}

/** Columns as wide as their widest cell; numbers to the right. */
function aligned(rows: string[][]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const cell = (text: string, column: number) =>
    column === 0 || column === 3 ? text.padStart(widths[column]) : text.padEnd(widths[column])
  return rows.map((row) => row.map(cell).join('  ').trimEnd())
}

function totals(model: tf.LayersModel): string {
  const once = (weights: tf.LayerVariable[]) => [...new Map(weights.map((w) => [w.id, w])).values()]
  const weights = once(model.weights)
  const bytes = weights.reduce((sum, w) => sum + sizeOf([w]) * tf.util.bytesPerElement(w.dtype), 0)
  return [
    `weights: ${grouped(sizeOf(weights))}`,
    `trainable: ${grouped(sizeOf(once(model.trainableWeights)))}`,
    `bytes: ${grouped(bytes)}`,
  ].join('   ')
}

const sizeOf = (weights: tf.LayerVariable[]) =>
  weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0)

const grouped = (count: number) => count.toLocaleString('en-US')
