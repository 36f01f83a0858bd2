import type { Cycle, ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { Form } from './forward-pass.js'

/** The encoder whose features of the last rows a forecaster is given. */
export interface ForecasterEncoder {
  /** Takes [batch, window, columns] and gives [batch, features]. */
  model: tf.LayersModel
  /** The names of its columns, which are among the inputs and not known ahead. */
  columns: readonly string[]
  /** Of its columns. */
  scaler: ScalerState
  /** Of its features: the network is given (feature − center) / scale. */
  center: ArrayLike<number>
  scale: ArrayLike<number>
}

export interface ToForecasterOnnxOptions {
  /** Names of the raw columns that the file takes: the targets, others that are measured, those known ahead. */
  inputs: readonly string[]
  /** The first of them, which are forecast. */
  targets: readonly string[]
  /** The last of them: at row t stands the value of row t + horizon. Default: none. */
  known?: readonly string[]
  /** Cycles of the calendar, for which the file takes two columns each behind the inputs. Default: none. */
  cycles?: readonly Cycle[]
  /** Names of the groups, each of which has its own center and scale. Default: none. */
  groups?: readonly string[]
  /** The column that tells the groups apart. */
  groupBy?: string
  /** The network is given (x − center) / scale: groups × inputs, group by group; inputs alone without groups. */
  center: ArrayLike<number>
  scale: ArrayLike<number>
  /** Default: none; the network is given no features. */
  encoder?: ForecasterEncoder
  /**
   * In scaled units, horizon × targets: what is taken from the lower and added to the upper quantile, once these are in their
   * order. May be below 0. Default: none.
   */
  margins?: { lower: Float32Array; upper: Float32Array }
  /** The distance of two rows; in seconds, and needed, where there are cycles. */
  timeStep?: number
  /** Rows of a season. */
  season?: number
  seed?: number
  dataDigest?: string
  /** How recurrent layers are written, as for `toOnnx`. Default `operators`. */
  form?: Form
}
