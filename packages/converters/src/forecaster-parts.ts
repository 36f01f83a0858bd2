import { TempocodeError } from '@tempocode/core'
import { isMasked, targetsOf } from '@tempocode/models'
import { type ForecasterMetadata, inputWidth, isCycle } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import type { ToForecasterOnnxOptions } from './forecaster-options.js'
import { encoderSizes } from './inference-encoder.js'

/** What a forecaster's file is made of, once model and options are known to fit. */
export interface ForecasterParts
  extends Pick<ForecasterMetadata, 'targets' | 'known' | 'cycles' | 'groups' | 'horizon' | 'features'> {
  columns: string[]
  /** [groups, columns] */
  center: Float32Array
  scale: Float32Array
  /** Rows that the network is given, and that the file is: an encoder's window may be longer. */
  window: number
  rows: number
  /** Which output of the model is the forecast, and which are the quantiles. */
  prediction: number
  quantiles?: [lower: number, upper: number]
  /** Between the quantiles. */
  coverage?: number
}

/** @throws TempocodeError `model`, `data` or `option` where model and options do not fit each other */
export function forecasterParts(model: tf.LayersModel, options: ToForecasterOnnxOptions): ForecasterParts {
  const names = namesOf(options)
  const { columns, targets, known = [], cycles = [], groups } = names
  const measured = columns.slice(0, columns.length - known.length)
  const encoder = options.encoder && encoderOf(options.encoder, measured)
  const features = encoder?.features
  const outputs = outputsOf(model, targets)
  const [, window, width] = model.inputs[0].shape as number[]
  if (width !== inputWidth(names) + (features ?? 0)) {
    const parts = [`${columns.length} inputs`, `${2 * cycles.length} of cycles`, `${features ?? 0} features`]
    const message = `model ${model.name} takes ${width} columns; the options have ${parts.join(', ')}`
    throw new TempocodeError('data', message)
  }
  const { margins } = options
  for (const [name, { length }] of Object.entries(margins ?? {})) {
    if (!outputs.quantiles) throw data(`margins.${name} is given, and model ${model.name} gives no quantiles`)
    const due = outputs.horizon * targets.length
    if (length !== due) throw data(`margins.${name} has ${length} numbers; horizon × targets are ${due}`)
  }
  const due = (groups?.length ?? 1) * columns.length
  return {
    ...names,
    ...outputs,
    features,
    window,
    rows: Math.max(window, encoder?.window ?? 0),
    center: floats('center', options.center, due),
    scale: aboveZero('scale', floats('scale', options.scale, due)),
  }
}

function namesOf(options: ToForecasterOnnxOptions) {
  const { inputs, targets, known = [], cycles = [], groups = [], timeStep, season } = options
  checkDifferent('inputs', inputs)
  checkDifferent('cycles', cycles)
  checkDifferent('groups', groups)
  if (targets.length === 0 || targets.some((name, i) => name !== inputs[i]))
    throw data(`targets are ${list(targets)}; they must be the first of the inputs ${list(inputs)}`)
  const others = inputs.slice(targets.length)
  if (known.length > others.length || known.some((name, i) => name !== others.at(i - known.length)))
    throw data(
      `known are ${list(known)}; they must be the last of the inputs ${list(inputs)}, and no targets`,
    )
  const unknown = cycles.find((cycle) => !isCycle(cycle))
  if (unknown !== undefined) throw option(`cycle "${unknown}" is unknown; use day, week or year`)
  if (cycles.length > 0 && !(timeStep !== undefined && timeStep > 0 && Number.isFinite(timeStep)))
    throw option(`timeStep is ${timeStep}; with cycles it must be the seconds between two rows`)
  if (season !== undefined && !(Number.isSafeInteger(season) && season > 0))
    throw option(`season ${season} is not allowed; use a whole number of rows above 0`)
  return {
    columns: [...inputs],
    targets: [...targets],
    known: someOf(known),
    cycles: someOf(cycles),
    groups: someOf(groups),
  }
}

function encoderOf(encoder: NonNullable<ToForecasterOnnxOptions['encoder']>, measured: readonly string[]) {
  const { model, columns, scaler } = encoder
  const sizes = encoderSizes(model)
  const missing = columns.find((name) => !measured.includes(name))
  if (missing !== undefined)
    throw data(`the encoder's column "${missing}" is not among the measured inputs ${list(measured)}`)
  const lengths = { 'encoder.columns': columns.length, 'encoder.scaler.center': scaler.center.length }
  for (const [what, length] of Object.entries(lengths)) {
    if (length === sizes.columns) continue
    throw data(`${what} has ${length} entries, and encoder ${model.name} has ${sizes.columns} columns`)
  }
  floats('encoder.center', encoder.center, sizes.features)
  aboveZero('encoder.scale', floats('encoder.scale', encoder.scale, sizes.features))
  return sizes
}

/** Which output of the model is what. */
function outputsOf(model: tf.LayersModel, targets: readonly string[]) {
  const heads = targetsOf(model)
  const fail = (what: string) => {
    const due = `prediction and, perhaps, two quantiles, all [batch, horizon, ${targets.length}]`
    return new TempocodeError('model', `model ${model.name} ${what}; a forecaster gives ${due}`)
  }
  if (isMasked(model)) throw fail('has masking, and all rows of its windows count')
  const prediction = heads.findIndex(({ output }) => output === 'prediction')
  if (prediction < 0) throw fail('has no output prediction')
  const { steps: horizon } = heads[prediction]
  heads.forEach(({ output, columns, steps, quantile }, i) => {
    if (i !== prediction && quantile === undefined) throw fail(`has an output ${output}`)
    if (columns !== targets.length || steps !== horizon)
      throw fail(`gives ${output} of ${steps} rows of ${columns} columns`)
  })
  const [lower, upper, ...more] = heads
    .map(({ quantile }, index) => ({ quantile: quantile ?? 0, index }))
    .filter(({ index }) => index !== prediction)
    .sort((a, b) => a.quantile - b.quantile)
  if (!lower) return { prediction, horizon }
  if (!upper || more.length > 0) throw fail(`has ${heads.length - 1} quantiles`)
  const coverage = Number((upper.quantile - lower.quantile).toFixed(10)) // 0.95 − 0.05 is 0.9
  const quantiles: [number, number] = [lower.index, upper.index]
  return { prediction, horizon, quantiles, coverage }
}

function floats(name: string, numbers: ArrayLike<number>, due: number): Float32Array {
  const values = Float32Array.from(numbers)
  if (values.length !== due) throw data(`${name} has ${values.length} numbers; it must have ${due}`)
  if (values.every(Number.isFinite)) return values
  throw data(`${name} has a number that is not finite`)
}

function aboveZero(name: string, values: Float32Array): Float32Array {
  if (values.every((value) => value > 0)) return values
  throw data(`${name} has a number that is not above 0; use 1 for what does not change`)
}

function checkDifferent(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw data(`${what} have "${twice}" twice`)
}

/** None is undefined, as it is in a file. */
const someOf = <T>(items: readonly T[]): T[] | undefined => (items.length > 0 ? [...items] : undefined)

const list = (names: readonly string[]) => names.join(', ') || 'none'
const data = (message: string) => new TempocodeError('data', message)
const option = (message: string) => new TempocodeError('option', message)
