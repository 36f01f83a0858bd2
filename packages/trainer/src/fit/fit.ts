import {
  type Form,
  toDecoderOnnx,
  toOnnx,
  toStateOnnx,
  toStreamOnnx,
  toTrainingOnnx,
} from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { decoderOf, encoderOf, isMasked, targetsOf } from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { openEngine } from '../engines/open-engine.js'
import { fitScaler } from '../scaler.js'
import type { Segment } from '../segments.js'
import type { Series } from '../series.js'
import { splitGroups, splitSegments } from '../split.js'
import { timeStep } from '../time-step.js'
import { sequencesOf, type Windows, windowStarts } from '../windows.js'
import { type Basis, type Checkpoint, checkDevice, checkResume } from './checkpoint.js'
import { corruptionOf } from './corruption.js'
import type { Course } from './course.js'
import { digests } from './digests.js'
import { drawsOf } from './draws.js'
import { dropoutOf } from './dropout.js'
import { describeLayers } from './layers.js'
import { checkLossWeights } from './loss-weights.js'
import { type FitOptions, fitSettings } from './options.js'
import type { Run } from './run.js'
import { weightsByRow } from './sample-weights.js'
import type { TrainingDevice } from './settings.js'
import { Training } from './training.js'
import { trainingCodes } from './training-codes.js'

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
  const settings = fitSettings(options)
  const [window, columns] = inputShape(model, series)
  const warnings: string[] = []
  const warn = (message: string) => {
    warnings.push(message)
    options.onWarning?.(message)
  }
  const targets = targetsOf(model)
  checkLossWeights(settings.lossWeights, targets)
  const span = Math.max(window, ...targets.map(({ offset, steps }) => offset + steps))
  const padded = isMasked(model)
  if (padded && span > window) {
    const message = `model ${model.name} has masking and predicts rows after the window; padded sequences have none`
    throw new TempocodeError('model', message)
  }
  const { validationSplit, stride, seed } = settings
  const split = padded
    ? splitGroups(series.segments, validationSplit)
    : splitSegments(series.segments, validationSplit, span)
  const windowsIn = (segments: readonly Segment[]): Windows =>
    padded ? sequencesOf(segments, window, stride) : { starts: windowStarts(segments, span, stride) }
  const scaler = fitScaler(settings.scaler, series, split.train, warn)
  const train = windowsIn(split.train)
  const validation = split.validation.length > 0 ? windowsIn(split.validation) : undefined
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
    corrupted: noise !== undefined,
  }
  const engine = await openEngine(
    task,
    resume?.engine.name ?? settings.engine,
    resume?.engine.name === 'onnx' ? (resume.engine.device as TrainingDevice) : settings.device,
    warn,
  )
  try {
    if (resume) checkDevice(engine, resume)
    const initialLoss = resume?.initialLoss ?? (await engine.evaluate(validation ?? train))
    if (resume) await engine.restore(resume.state)
    const { name, device, threads } = engine
    const checkpointOf = (course: Course): Checkpoint => ({
      ...course,
      ...basis,
      engine: { name, device, threads },
      initialLoss,
    })
    const onCheckpoint = async (course: Course) => options.onCheckpoint?.(checkpointOf(course))
    const draw = drawsOf(seed, { noise, dropout: dropoutOf(model) })
    const plan = { settings, train, validation, weights, draw, from: resume }
    const { course, stopped } = await new Training(engine, plan, { ...options, onCheckpoint }).run()

    if (course.best) await engine.restore(course.best.state)
    const finalLoss = await engine.evaluate(validation ?? train)
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
    const encoder = (form?: Form) => toOnnx(encoderOf(model), { ...details, form })
    return {
      model,
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
      checkpoint: checkpointOf(course),
      encoder,
      stream: () => toStreamOnnx(encoderOf(model), details),
      async decoder() {
        const decoder = decoderOf(model)
        const trained = name === 'onnx' ? (device as TrainingDevice) : 'auto'
        const codes = await trainingCodes(encoder(), series, train, trained)
        return toDecoderOnnx(decoder, { ...details, window, codes })
      },
      training() {
        const file = toTrainingOnnx(model, task)
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
