import type { Form } from '@tempocode/converters'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { DetectorOptions } from '../detector/calibrate.js'
import type { Series } from '../series.js'
import type { Split } from '../split.js'
import type { Checkpoint } from './checkpoint.js'
import type { Epoch } from './course.js'
import type { PlannedSettings } from './settings.js'
import type { Stopped } from './training.js'

/** What a training leaves. */
export interface Run {
  /** The model that was handed in, with the best weights. */
  model: tf.LayersModel
  /** What it was trained on. */
  series: Series
  settings: PlannedSettings
  /** The engine that trained. */
  engine: string
  scaler: ScalerState
  split: Split
  epochs: Epoch[]
  /** The epoch whose weights were kept, from 1; 0 where none was finished. */
  bestEpoch: number
  /** The loss before training, of the validation windows, or of the training windows where there are no others. */
  initialLoss: number
  /** The same after it, with the weights that were kept. */
  finalLoss: number
  stopped: Stopped
  warnings: string[]
  /** Since training began, or went on from a checkpoint. */
  seconds: number
  /** Where training ended, to go on from there. */
  checkpoint: Checkpoint
  /**
   * The encoder as an ONNX file: raw windows in, features out.
   * @param form how recurrent layers are written; see `toOnnx`. Default `operators`.
   */
  encoder(form?: Form): Uint8Array
  /**
   * The encoder's step as an ONNX file, for rows that come one by one (see `toStreamOnnx`).
   * @throws TempocodeError `unsupported` where the features need rows that are still to come
   */
  stream(): Uint8Array
  /**
   * The decoder as an ONNX file: features in, raw rows out. It knows mean and covariance of the features of up to 2048
   * training windows, which are encoded for it at each call, so that samples can be drawn and decoded.
   * @throws TempocodeError `model` where the network's decoders need more than the features
   */
  decoder(): Promise<Uint8Array>
  /**
   * The detector as an ONNX file: raw windows in; what the network makes of them, the error of each column and a score
   * out (see `toDetectorOnnx`). Validation windows calibrate score and threshold, or the training windows where fewer
   * than 100 validate; they are run for it at each call.
   * @throws TempocodeError `option` for options
   */
  detector(options?: DetectorOptions): Promise<Uint8Array>
  /**
   * The training step as an ONNX file (see `toTrainingOnnx`), and what it starts from with the weights that were kept
   * (see `toStateOnnx`).
   * @throws TempocodeError `unsupported` where the model has layers that only tfjs can train
   */
  training(): { step: Uint8Array; state: Uint8Array }
}
