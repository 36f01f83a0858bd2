import { TempocodeError, version } from '@tempocode/core'
import { type ForecasterMetadata, inputWidth, takesGroup, writeMetadata } from '@tempocode/runtime/metadata'
import type * as tf from '@tensorflow/tfjs'
import { lastRows, perGroup, repeatedFeatures } from './forecaster-graph.js'
import type { ToForecasterOnnxOptions } from './forecaster-options.js'
import { forecasterParts } from './forecaster-parts.js'
import { forwardPass } from './forward-pass.js'
import { goldenForecast } from './golden-forecast.js'
import { Graph, type Value } from './graph/graph.js'
import { add, concat, div, max, min, mul, slice, sub, unsqueeze } from './graph/ops.js'
import { notFinite } from './not-finite.js'
import { encodeModel } from './onnx/encode.js'

/**
 * A forecaster as an ONNX file: raw windows `input` [batch, rows, inputs and cycles] → `forecast` [batch, horizon, targets]
 * and, where the model has two quantiles, `lower` and `upper` of the same shape; all float32, in raw units. `rows` are
 * those of the network's window, or of the encoder's where that is longer. Where there are several groups, it also takes
 * `group` [batch] int32: the number of each window's, from 0 on.
 *
 * Scaling, its inverse and the encoder are inside the graph. `lower` is never above `upper`. A window with NaN or
 * infinity in it gives NaN in all outputs, in any runtime.
 *
 * @param model takes [batch, window, columns]: inputs, two for each cycle, features, which are the same in each row;
 * gives `prediction` [batch, horizon, targets] and, perhaps, two such as `quantile_5` and `quantile_95` of that shape
 * @returns the bytes of the file
 * @throws TempocodeError `unsupported` for a layer or a layer's option that cannot be exported exactly, `model` where the
 * model's input or outputs are not those, `data` where names, scales, encoder or margins do not fit the model, `option`
 * for an unknown form or cycle, and for cycles without a time step
 */
export function toForecasterOnnx(model: tf.LayersModel, options: ToForecasterOnnxOptions): Uint8Array {
  const { encoder, margins, groupBy, timeStep, season, seed, dataDigest, form = 'operators' } = options
  if (form !== 'operators' && form !== 'plain')
    throw new TempocodeError('option', `form "${form}" is unknown; use operators or plain`)
  const parts = forecasterParts(model, options)
  const { columns, targets, known, cycles, groups, window, rows, horizon, prediction, quantiles } = parts
  const { coverage, features, center, scale } = parts

  const graph = new Graph(model.name)
  const input = graph.input('input', ['batch', rows, inputWidth(parts)])
  const group = takesGroup(parts) ? graph.input('group', ['batch'], 'int32') : undefined
  const tables = [center, scale].map((table) => perGroup(graph, table, columns.length, group))
  const shown = scaledRows(lastRows(input, window), tables)
  const series = encoder
    ? concat([shown, repeatedFeatures(input, columns, encoder, { rows: window, form })], 2)
    : shown
  const outputs = forwardPass(model, series, form)

  const bad = unsqueeze(notFinite(input), 2) // [batch, 1, 1]
  const [targetCenter, targetScale] = tables.map((table) => firstColumns(table, targets.length))
  const raw = (x: Value) => add(mul(x, targetScale), targetCenter)
  const give = (x: Value, name: string) => graph.output(add(x, bad), name)
  give(raw(outputs[prediction]), 'forecast')
  if (quantiles) {
    // Nothing keeps a network's quantiles in their order, nor what margins below 0 leave between them.
    const [low, high] = sorted(quantiles.map((i) => outputs[i]))
    const wide = (margin: Float32Array) => graph.constant(margin, [horizon, targets.length])
    const bounds = margins
      ? sorted([sub(low, wide(margins.lower)), add(high, wide(margins.upper))])
      : [low, high]
    give(raw(bounds[0]), 'lower')
    give(raw(bounds[1]), 'upper')
  }

  const metadata: ForecasterMetadata = {
    kind: 'forecaster',
    version,
    columns,
    window: rows,
    horizon,
    targets,
    known,
    cycles,
    groups,
    groupBy,
    features,
    coverage,
    season,
    timeStep,
    seed,
    dataDigest,
    center,
    scale,
    golden: goldenForecast(model, parts, options),
  }
  return encodeModel(graph, { version, metadata: writeMetadata(metadata) })
}

/** The smaller and the larger one of two. */
const sorted = ([a, b]: readonly Value[]) => [min(a, b), max(a, b)]

/** Rows as the network sees them: the inputs scaled, the cycles behind them as they are. */
function scaledRows(x: Value, [center, scale]: readonly Value[]): Value {
  const inputs = center.shape.at(-1) as number
  const width = x.shape[2] as number
  const scaled = div(sub(firstColumns(x, inputs), center), scale)
  return width === inputs ? scaled : concat([scaled, slice(x, 2, inputs, width)], 2)
}

/** The first so many of the last axis. */
function firstColumns(x: Value, count: number): Value {
  const axis = x.shape.length - 1
  return x.shape[axis] === count ? x : slice(x, axis, 0, count)
}
