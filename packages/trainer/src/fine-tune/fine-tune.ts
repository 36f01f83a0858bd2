import { rewriteModel, type SessionDevice, type Tensor } from '@tempocode/runtime'
import { hexadecimal, sha256 } from '../digest.js'
import { type Basis, type Checkpoint, checkResume } from '../fit/checkpoint.js'
import { conduct } from '../fit/conduct.js'
import { corruptionOf, noCorruption } from '../fit/corruption.js'
import type { Epoch } from '../fit/course.js'
import { digests } from '../fit/digests.js'
import { drawsOf } from '../fit/draws.js'
import { drawDropout } from '../fit/dropout.js'
import { weightsByRow } from '../fit/sample-weights.js'
import { type PlannedSettings, plannedSettings, type TrainingDevice } from '../fit/settings.js'
import type { Stopped } from '../fit/training.js'
import { trainingData } from '../fit/training-data.js'
import type { Split } from '../split.js'
import { timeStep } from '../time-step.js'
import { encoderWith } from './encoder-with.js'
import { type FineTuneOptions, fineTuneSettings } from './options.js'
import { type Rows, seriesFor } from './series-for.js'
import { openStepEngine } from './step-engine.js'
import { readStepFiles, type StepFiles } from './step-file.js'

/** What a training from files leaves. */
export interface FineTuned {
  /** The weights that were kept, by their names and in the layout of training.onnx. */
  weights: Record<string, Tensor>
  /** state.onnx with these weights, and all that the optimizer remembers 0: where another training starts. */
  state: Uint8Array
  /**
   * An encoder with these weights, as bytes. Its example of an input and an output is made by ONNX Runtime on this device.
   * @param file the bytes of encoder.onnx or encoder.plain.onnx, as the training wrote it that wrote training.onnx
   * @throws TempocodeError `model` where it is not such a file
   */
  encoder(file: Uint8Array): Promise<Uint8Array>
  settings: PlannedSettings
  split: Split
  epochs: Epoch[]
  /** The epoch whose weights were kept, from 1; 0 where none was finished. */
  bestEpoch: number
  /** The loss before training, of the validation windows, or of the training windows where there are no others. */
  initialLoss: number
  /** The same after it, with the weights that were kept. */
  finalLoss: number
  stopped: Stopped
  /** Since training began, or went on from a checkpoint. */
  seconds: number
  /** Where training ended, to go on from there. */
  checkpoint: Checkpoint
}

/**
 * Goes on with a training on other rows, from training.onnx and state.onnx alone: as `fit` would with a model of these
 * weights, and to the bit, but that rows are scaled as they were for the file. Neither tfjs nor protobufjs is needed.
 *
 * A batch is not cut into parts: more threads compute inside its operators.
 *
 * @param files what `Run.training` gave, or the bytes of train/training.onnx and train/state.onnx
 * @param rows raw, in the file's columns
 * @throws TempocodeError `model` where the files are not of one training, `option` for an option that is unknown, inside
 * the file, or not allowed, `data` where the rows do not fit or are too few, `diverged` where loss, gradients or weights
 * become NaN or infinite, and where training is to be resumed what `fit` throws
 */
export async function fineTune(
  files: StepFiles,
  rows: Rows,
  options: FineTuneOptions = {},
): Promise<FineTuned> {
  const begin = performance.now()
  const file = readStepFiles(files)
  const asked = fineTuneSettings(options, file)
  const { series, whole } = seriesFor(rows, file.columns)
  const { split, train, validation } = trainingData(series, file, asked, whole || file.padded)
  const settings = plannedSettings(asked, train.starts.length)
  const weights = weightsByRow(options.sampleWeights, train.starts, series.rows)
  const noise = corruptionOf(settings.corrupt, series, split.train, file.scaler, file.window)
  const draw = drawsOf(settings.seed, {
    noise: noise ?? (file.corrupted ? noCorruption(file.window, file.columns.length) : undefined),
    dropout: drawDropout(file.dropping),
  })

  const data = await digests(series, split, { train, validation, weights })
  const step = hexadecimal(await sha256(files.step))
  const layers = [{ class: 'training.onnx', options: { digest: step } }]
  const basis: Basis = { settings, columns: series.columns, layers, data }
  const { resume, wasmPaths } = options
  if (resume) checkResume(basis, resume)

  const { batchSize, stride, seed } = settings
  const threads = resume?.engine.threads ?? settings.threads
  const task = { values: series.values, columns: file.columns.length, batchSize, threads, wasmPaths }
  const device = (resume?.engine.device as TrainingDevice | undefined) ?? settings.device
  const engine = await openStepEngine(files, file, task, device)
  try {
    const plan = { train, validation, weights, draw }
    const { course, ...ended } = await conduct(engine, basis, plan, options)
    const kept = await engine.weights()
    const origin = {
      stride,
      seed,
      timeStep: timeStep(series),
      groupBy: series.groupBy,
      dataDigest: data.training,
    }
    const place = { device: engine.device as SessionDevice, threads: 1, wasmPaths }
    return {
      weights: kept,
      state: rewriteModel(files.state, {
        valuesOf: (name) => kept[name]?.data as Float32Array | undefined,
        metadata: {},
      }),
      encoder: (bytes) => encoderWith(bytes, kept, file, origin, place),
      settings,
      split,
      epochs: course.epochs,
      bestEpoch: course.best?.epoch ?? 0,
      ...ended,
      seconds: (performance.now() - begin) / 1000,
    }
  } finally {
    await engine.dispose()
  }
}
