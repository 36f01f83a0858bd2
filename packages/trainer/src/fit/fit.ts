import {
  type Form,
  toDecoderOnnx,
  toOnnx,
  toStateOnnx,
  toStreamOnnx,
  toTrainingOnnx,
} from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { decoderOf, encoderOf, isMasked, spanOf, targetsOf } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { calibratedDetector } from '../detector/calibrate.js'
import { openEngine } from '../engines/open-engine.js'
import { fitScaler } from '../scaler.js'
import type { Series } from '../series.js'
import { timeStep } from '../time-step.js'
import { type Basis, checkResume } from './checkpoint.js'
import { conduct } from './conduct.js'
import { corruptionOf } from './corruption.js'
import { digests } from './digests.js'
import { drawsOf } from './draws.js'
import { drawDropout, dropoutOf } from './dropout.js'
import { describeLayers } from './layers.js'
import { checkLossWeights } from './loss-weights.js'
import { type FitOptions, fitSettings } from './options.js'
import type { Run } from './run.js'
import { weightsByRow } from './sample-weights.js'
import { plannedSettings, type TrainingDevice } from './settings.js'
import { trainingCodes } from './training-codes.js'
import { trainingData } from './training-data.js'

/**
 * Trains an autoencoder to give back the windows of a series, or to predict what follows: what each output should equal
 * is told by its name (see `targetsOf`).
 *
 * The rows are split in time before windows are made; the scaler sees the training rows alone. Each epoch takes all
 * training windows in a seeded random order. At the end the model has the weights of the epoch with the lowest
 * validation loss (training loss where nothing validates).
 *
 * Where the model has masking, a segment shorter than the window is one sequence, whose padding counts nothing, and
 * whole groups validate, the last ones.
 *
 * The same model, series, options and number of threads give the same weights to the bit on the same machine, also
 * where training was interrupted and resumed from a checkpoint.
 *
 * @param model takes [batch, window, columns] and gives rows of as many columns; it is trained in place
 * @throws TempocodeError `option` for an unknown or unusable option, `data` where the series does not fit the model or
 * has too few rows, `diverged` where loss, gradients or weights become NaN or infinite; and where training is to be
 * resumed, `option`, `data` or `model` where it is not the same, `device` where the checkpoint's is not available
 */
export async function fit(model: tf.LayersModel, series: Series, options: FitOptions = {}): Promise<Run> {
  const asked = fitSettings(options)
  const [window, columns] = inputShape(model, series)
  const warnings: string[] = []
  const warn = (message: string) => {
    warnings.push(message)
    options.onWarning?.(message)
  }
  const targets = targetsOf(model)
  checkLossWeights(asked.lossWeights, targets)
  const span = spanOf(window, targets)
  const padded = isMasked(model)
  if (padded && span > window) {
    const message = `model ${model.name} has masking and predicts rows after the window; padded sequences have none`
    throw new TempocodeError('model', message)
  }
  const { split, train, validation } = trainingData(series, { window, span, padded }, asked)
  const settings = plannedSettings(asked, train.starts.length)
  const { stride, seed } = settings
  const scaler = fitScaler(settings.scaler, series, split.train, warn)
  const weights = weightsByRow(options.sampleWeights, train.starts, series.rows)

  const noise = corruptionOf(settings.corrupt, series, split.train, scaler, window)
  const data = await digests(series, split, { train, validation, weights })
  const basis: Basis = { settings, columns: series.columns, layers: describeLayers(model), data }
  const { resume } = options
  if (resume) checkResume(basis, resume)

  const begin = performance.now()
  const threads = resume?.engine.threads ?? settings.threads
  const task = {
    ...settings,
    model,
    values: series.values,
    columns,
    window,
    scaler,
    threads,
    wasmPaths: options.wasmPaths,
    corrupted: noise !== undefined,
  }
  const engine = await openEngine(
    task,
    resume?.engine.name ?? settings.engine,
    resume?.engine.name === 'onnx' ? (resume.engine.device as TrainingDevice) : settings.device,
    warn,
  )
  try {
    const { name, device } = engine
    const draw = drawsOf(seed, { noise, dropout: drawDropout(dropoutOf(model)) })
    const plan = { train, validation, weights, draw }
    const { course, stopped, initialLoss, finalLoss, checkpoint } = await conduct(
      engine,
      basis,
      plan,
      options,
    )
    await engine.updateModel()
    const details = {
      columns: series.columns,
      scaler,
      stride,
      seed,
      timeStep: timeStep(series),
      groupBy: series.groupBy,
      dataDigest: data.training,
    }
    const trained = name === 'onnx' ? (device as TrainingDevice) : 'auto'
    const encoder = (form?: Form) => toOnnx(encoderOf(model), { ...details, form })
    return {
      model,
      series,
      settings,
      engine: name,
      scaler,
      split,
      epochs: course.epochs,
      bestEpoch: course.best?.epoch ?? 0,
      initialLoss,
      finalLoss,
      stopped,
      warnings,
      seconds: (performance.now() - begin) / 1000,
      checkpoint,
      encoder,
      stream: () => toStreamOnnx(encoderOf(model), details),
      detector: (options) =>
        calibratedDetector(
          model,
          details,
          { series, train, validation, device: trained, onWarning: warn },
          options,
        ),
      async decoder() {
        const decoder = decoderOf(model)
        const codes = await trainingCodes(encoder(), series, train, trained)
        return toDecoderOnnx(decoder, { ...details, window, codes })
      },
      training() {
        const { loss, lossWeights, optimizer, clipNorm, corrupt } = settings
        const graph = { loss, lossWeights, optimizer, clipNorm, corrupt }
        const file = toTrainingOnnx(model, task, { ...details, settings: graph })
        return { step: file.bytes, state: toStateOnnx(file) }
      },
    }
  } finally {
    await engine.dispose()
  }
}

function inputShape(model: tf.LayersModel, series: Series): [window: number, columns: number] {
  const [, window, columns] = model.inputs[0].shape
  if (model.inputs[0].shape.length !== 3 || !window || !columns) {
    throw new TempocodeError('model', `model ${model.name} does not take [batch, window, columns]`)
  }
  if (columns !== series.columns.length) {
    const message = `the series has ${series.columns.length} columns (${series.columns.join(', ')}), the model takes ${columns}`
    throw new TempocodeError('data', message)
  }
  return [window, columns]
}
