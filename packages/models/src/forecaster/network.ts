import * as tf from '@tensorflow/tfjs'
import { ColumnDense } from '../layers/column-dense.js'
import { Crop } from '../layers/crop.js'
import { Subtract } from '../layers/subtract.js'
import { type ApplyLayer, seeded } from '../seeded.js'
import type { Checked } from './options.js'

/**
 * A forecaster: [batch, window, columns] → [batch, horizon, targets] for each output.
 *
 *     last, recent     the measured columns: the last row, and the last rows
 *     recent_changes   these, without the last row
 *     recent_known     the same rows of what is known ahead and of cycles, where there are any
 *     recent_rows      both
 *     lstm_1 … lstm_n  LSTMs
 *     context          the last row of what is known ahead and of cycles, where there are any
 *     features         the last row of these, behind `feature_dropout`
 *     state            the last LSTM's output, behind `lstm_dropout` where there is dropout, the context and the features
 *     hidden           Dense, where there is one, with `hidden_dropout`
 *     changes          of the whole window's targets, without their last row
 *     ahead            what is known of the rows to forecast
 *     …                the outputs, see `head`
 */
export function forecasterNetwork(options: Checked): tf.LayersModel {
  return seeded(options.seed, (apply) => {
    const input = tf.input({ name: 'window', shape: [options.window, options.columns] })
    const sources = sourcesOf(apply, input, options)
    const names = ['prediction', ...options.quantiles.map((percentage) => `quantile_${percentage}`)]
    const outputs = names.map((name) => head(apply, name, sources, options))
    return tf.model({ name: 'forecaster', inputs: input, outputs })
  })
}

/** What outputs are made of. */
interface Sources {
  /** [batch, n] */
  state: tf.SymbolicTensor
  /** The targets' last values, [batch, 1, targets]. */
  last: tf.SymbolicTensor
  /** [batch, window, targets] */
  changes?: tf.SymbolicTensor
  /** [batch, horizon, known] */
  ahead?: tf.SymbolicTensor
}

function sourcesOf(apply: ApplyLayer, input: tf.SymbolicTensor, options: Checked): Sources {
  const { targets, measured, known, columns, features, horizon, linear } = options
  const crop = (name: string, rows: [number, number?], columns: [number, number?]) =>
    apply(new Crop({ name, rows, columns }), input)
  const lastRow = crop('last', [-1], [0, measured])
  const last = targets < measured ? crop('last_targets', [-1], [0, targets]) : lastRow
  const parts = [dropped(apply, 'lstm_dropout', encoded(apply, input, lastRow, options), options.dropout)]
  const lastOf = (name: string, columns: [number, number]) =>
    apply(tf.layers.flatten({ name }), crop(`last_${name}`, [-1], columns))
  const described = columns - features
  if (measured < described) parts.push(lastOf('context', [measured, described]))
  if (features > 0)
    parts.push(
      dropped(apply, 'feature_dropout', lastOf('features', [described, columns]), options.featureDropout),
    )
  return {
    state: hiddenLayer(apply, joined(apply, 'state', parts, 1), options),
    last,
    changes: linear
      ? apply(new Subtract({ name: 'changes' }), [crop('targets', [0], [0, targets]), last])
      : undefined,
    ahead: known > 0 ? crop('ahead', [-horizon], [measured, measured + known]) : undefined,
  }
}

/** What the LSTM makes of the last rows. */
function encoded(
  apply: ApplyLayer,
  input: tf.SymbolicTensor,
  lastRow: tf.SymbolicTensor,
  { measured, columns, features, recent, units }: Checked,
): tf.SymbolicTensor {
  const rows = (name: string, columns: [number, number]) =>
    apply(new Crop({ name, rows: [-recent], columns }), input)
  const parts = [
    apply(new Subtract({ name: 'recent_changes' }), [rows('recent', [0, measured]), lastRow]),
    ...(measured + features < columns ? [rows('recent_known', [measured, columns - features])] : []),
  ]
  return units.reduce(
    (x, count, i) => {
      const name = `lstm_${i + 1}`
      const returnSequences = i < units.length - 1
      return apply(tf.layers.lstm({ name, units: count, recurrentActivation: 'sigmoid', returnSequences }), x)
    },
    joined(apply, 'recent_rows', parts, 2),
  )
}

function hiddenLayer(apply: ApplyLayer, state: tf.SymbolicTensor, options: Checked): tf.SymbolicTensor {
  if (options.hidden === 0) return state
  const layer = tf.layers.dense({ name: 'hidden', units: options.hidden, activation: 'relu' })
  return dropped(apply, 'hidden_dropout', apply(layer, state), options.dropout)
}

function dropped(apply: ApplyLayer, name: string, x: tf.SymbolicTensor, rate: number) {
  return rate > 0 ? apply(tf.layers.dropout({ name, rate }), x) : x
}

/**
 * One output, of these parts; all but the first are zeros at the start of a training.
 *
 *     last               the targets' last values
 *     NAME_steps         Dense of the state, as rows
 *     NAME_linear        each target's linear view of its changes in the window
 *     NAME_ahead         the same Dense of what is known of each row that is forecast
 *     prediction         their sum
 */
function head(
  apply: ApplyLayer,
  name: string,
  { state, last, changes, ahead }: Sources,
  { horizon, targets }: Checked,
): tf.SymbolicTensor {
  const flat = tf.layers.dense({ name: `${name}_dense`, units: horizon * targets })
  const rows = tf.layers.reshape({ name: `${name}_steps`, targetShape: [horizon, targets] })
  const parts = [apply(rows, apply(flat, state, 'zeros'))]
  if (changes)
    parts.push(apply(new ColumnDense({ name: `${name}_linear`, units: horizon }), changes, 'zeros'))
  if (ahead) parts.push(apply(tf.layers.dense({ name: `${name}_ahead`, units: targets }), ahead, 'zeros'))
  return apply(tf.layers.add({ name }), [...parts, last])
}

const joined = (apply: ApplyLayer, name: string, parts: tf.SymbolicTensor[], axis: number) =>
  parts.length === 1 ? parts[0] : apply(tf.layers.concatenate({ name, axis }), parts)
