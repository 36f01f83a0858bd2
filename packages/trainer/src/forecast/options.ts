import type { ForecasterOptions } from '@tempocode/models'
import type { Cycle, ScalerState } from '@tempocode/runtime'
import type * as tf from '@tensorflow/tfjs'
import type { FitOptions } from '../fit/options.js'
import type { Run } from '../fit/run.js'

/** An encoder whose features a forecaster sees beside the window. It is not trained further. */
export interface ForecasterEncoder {
  /** An autoencoder, or the encoder of one: [batch, window, columns] → [batch, features]. */
  model: tf.LayersModel
  /** Its columns' names: columns of the series, none of them a known one. */
  columns: readonly string[]
  scaler: ScalerState
}

/** Of the network, see `forecaster`; its defaults hold. */
type NetworkOptions = Pick<
  ForecasterOptions,
  'recent' | 'units' | 'linear' | 'hidden' | 'dropout' | 'featureDropout'
>

/**
 * How to make and train a forecaster: what it sees and gives, the network, and the options of `fit`. All have defaults;
 * some of `fit`'s are others, see `FORECASTER_FIT`.
 */
export interface ForecasterFitOptions
  extends NetworkOptions,
    Omit<FitOptions, 'scaler' | 'corrupt' | 'sampleWeights'> {
  /** Columns to forecast. Default: all that are not known. */
  targets?: readonly string[]
  /** Columns that are known `horizon` rows ahead, such as holidays or a plan. Default none. */
  known?: readonly string[]
  /** Rows to forecast. Default 24. */
  horizon?: number
  /** Rows that the network sees. Default 7 · horizon. */
  window?: number
  /** Whose features the network sees, too: of the encoder's window that ends where its own does. Default: none. */
  encoder?: ForecasterEncoder | Run
  /**
   * Columns that tell where a row stands in its day, week or year. Default: where rows have time stamps, those that
   * hold two rows or more and come at least twice in the training rows.
   */
  cycles?: readonly Cycle[]
  /** The part of the values that the intervals should hold; 0 for no intervals. Default 0.9. */
  coverage?: number
  /** The part of the rows, the last ones of each group, that test: they neither train nor validate. Default 0.2. */
  testSplit?: number
  /**
   * Rows of a season, for the seasonal-naive forecast. Default: where rows have time stamps, those of a day, or else of
   * a week, if that is a whole number of time steps; else there is no season.
   */
  season?: number
}

/** What a forecaster was made with. */
export interface ForecastSettings {
  targets: readonly string[]
  /** Other measured columns that it sees. */
  others: readonly string[]
  known: readonly string[]
  horizon: number
  window: number
  /** How many features of the encoder it sees. */
  features: number
  cycles: readonly Cycle[]
  coverage: number
  testSplit: number
  /** Rows. */
  season?: number
}
