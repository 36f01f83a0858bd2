import { toOnnx } from '@tempocode/converters'
import { Random, TempocodeError } from '@tempocode/core'
import { encoderOf } from '@tempocode/models'
import type { ScalerState } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { digestOf } from '../digest.js'
import type { Engine, StepResult } from '../engines/engine.js'
import { openEngine } from '../engines/open-engine.js'
import { fitScaler } from '../scaler.js'
import type { Series } from '../series.js'
import { type Split, splitSegments } from '../split.js'
import { timeStep } from '../time-step.js'
import { windowStarts } from '../windows.js'
import { EarlyStopping } from './early-stopping.js'
import { type Epoch, type FitOptions, fitSettings, type Settings } from './options.js'
import { Pace } from './pace.js'

/** What a training leaves. */
export interface Run {
  /** The model that was handed in, with the best weights. */
  model: tf.LayersModel
  settings: Settings
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
  stopped: 'epochs' | 'patience' | 'signal'
  warnings: string[]
  seconds: number
  /** The encoder as an ONNX file: raw windows in, features out. */
  encoder(): Uint8Array
}

/**
 * Trains an autoencoder to give back the windows of a series.
 *
 * The rows are split in time before windows are made; the scaler sees the training rows alone. Each epoch takes all
 * training windows in a seeded random order. At the end the model has the weights of the epoch with the lowest
 * validation loss (training loss where nothing validates).
 *
 * @param model takes and gives [batch, window, columns]; it is trained in place
 * @throws TempocodeError `option` for an unknown or unusable option, `data` where the series does not fit the model or
 * has too few rows, `diverged` where loss or gradients become NaN or infinite
 */
export async function fit(model: tf.LayersModel, series: Series, options: FitOptions = {}): Promise<Run> {
  const settings = fitSettings(options)
  const [window, columns] = inputShape(model, series)
  const warnings: string[] = []
  const warn = (message: string) => {
    warnings.push(message)
    options.onWarning?.(message)
  }
  const split = splitSegments(series.segments, settings.validationSplit, window)
  const scaler = fitScaler(settings.scaler, series, split.train, warn)
  const train = windowStarts(split.train, window, settings.stride)
  const validation =
    split.validation.length > 0 ? windowStarts(split.validation, window, settings.stride) : undefined

  const begin = performance.now()
  const task = { ...settings, model, values: series.values, columns, window, scaler }
  const engine = await openEngine(task, settings.engine, settings.device, warn)
  try {
    const initialLoss = await engine.evaluate(validation ?? train)
    const { epochs, stopped, best } = await runEpochs(engine, train, validation, settings, options)
    if (best.state) await engine.restore(best.state)
    const finalLoss = await engine.evaluate(validation ?? train)
    await engine.updateModel()
    const dataDigest = await digestOf(series, split.train)
    const { stride, seed } = settings
    return {
      model,
      settings,
      engine: engine.name,
      scaler,
      split,
      epochs,
      bestEpoch: best.epoch,
      initialLoss,
      finalLoss,
      stopped,
      warnings,
      seconds: (performance.now() - begin) / 1000,
      encoder: () =>
        toOnnx(encoderOf(model), {
          columns: series.columns,
          scaler,
          stride,
          seed,
          timeStep: timeStep(series),
          dataDigest,
        }),
    }
  } finally {
    await engine.dispose()
  }
}

async function runEpochs(
  engine: Engine,
  train: Int32Array,
  validation: Int32Array | undefined,
  settings: Settings,
  { signal, onProgress, onEpoch }: FitOptions,
) {
  const best = new EarlyStopping(settings.patience)
  const pace = new Pace()
  const epochs: Epoch[] = []
  const steps = Math.ceil(train.length / settings.batchSize)
  let stopped: Run['stopped'] = 'epochs'

  for (let epoch = 1; epoch <= settings.epochs && stopped === 'epochs'; epoch++) {
    const begin = performance.now()
    const order = new Random(settings.seed, `order of epoch ${epoch}`).shuffle(train.slice())
    let [step, sum] = [0, 0]
    while (step < steps && !signal?.aborted) {
      const count = Math.min(pace.steps, steps - step)
      const batches = Array.from({ length: count }, (_, i) => ({
        starts: order.subarray((step + i) * settings.batchSize, (step + i + 1) * settings.batchSize),
        learningRate: settings.learningRate,
      }))
      const results = await pace.measure(count, () => engine.train(batches))
      results.forEach((result, i) => {
        checkFinite(result, epoch, step + i + 1)
        sum += result.loss * batches[i].starts.length
      })
      step += count
      const seen = Math.min(step * settings.batchSize, order.length)
      onProgress?.({ epoch, epochs: settings.epochs, step, steps, loss: sum / seen })
    }
    if (step < steps) {
      stopped = 'signal'
      break
    }
    const loss = sum / order.length
    const validationLoss = validation && (await engine.evaluate(validation))
    epochs.push({ epoch, loss, validationLoss, seconds: (performance.now() - begin) / 1000 })
    onEpoch?.(epochs.at(-1)!)
    if (await best.see(epoch, validationLoss ?? loss, engine)) stopped = 'patience'
    if (signal?.aborted) stopped = 'signal'
  }
  return { epochs, stopped, best }
}

function checkFinite({ loss, norm }: StepResult, epoch: number, step: number): void {
  if (Number.isFinite(loss) && Number.isFinite(norm)) return
  const what = Number.isFinite(loss) ? `the gradients' norm is ${norm}` : `the loss is ${loss}`
  const message = `training diverged: ${what} at step ${step} of epoch ${epoch}; try a lower learningRate or clipNorm`
  throw new TempocodeError('diverged', message, { epoch, step })
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
