import { cycleColumns } from '../forecaster/cycles.js'
import { type ForecasterMetadata, writeMetadata } from '../metadata.js'
import { COLUMNS, rawValues, WINDOW } from './encoder-file.js'
import { type Graph, writeModel } from './onnx-writer.js'

export const HORIZON = 3
export const TIME_STEP = 3600
const GROUPS = ['pump', 'fan']
/** What each group's forecasts are raised by. */
const OFFSETS = [100, -20]
/** Of the means of pressure, flow, day_sin and day_cos, for each step. */
const WEIGHTS = [1, 0.5, -2, 0.25, 0.75, 1, 3, -4, 2, 5, 0.5, -1]

/**
 * What the test forecaster computes: the mean of each column over the window, times a 4 × 3 matrix, and the group's offset;
 * its interval is from 1 below to 2 above.
 * @param rows raw rows of pressure, flow, day_sin and day_cos
 */
export function forecastOf(rows: ArrayLike<number>, groups: readonly number[]) {
  const forecast = Float32Array.from({ length: groups.length * HORIZON }, (_, i) => {
    const [w, step] = [Math.floor(i / HORIZON), i % HORIZON]
    let sum = OFFSETS[groups[w]]
    for (let t = 0; t < WINDOW; t++)
      for (let c = 0; c < 4; c++)
        sum += (rows[(w * WINDOW + t) * 4 + c] / WINDOW) * WEIGHTS[c * HORIZON + step]
    return sum
  })
  return { forecast, lower: forecast.map((value) => value - 1), upper: forecast.map((value) => value + 2) }
}

/** Rows of pressure and flow with the day behind them. */
export function withDay(rows: Float32Array, ends: readonly number[]): Float32Array {
  const wider = Array.from({ length: rows.length / 2 }, (_, row) => {
    const late = WINDOW - 1 - (row % WINDOW)
    const seconds = ends[Math.floor(row / WINDOW)] - late * TIME_STEP
    return [rows[2 * row], rows[2 * row + 1], ...cycleColumns(seconds, ['day'])]
  })
  return Float32Array.from(wider.flat())
}

export function forecasterMetadata(): ForecasterMetadata {
  const group = [0, 1]
  const input = withDay(rawValues(2), [TIME_STEP, 7 * TIME_STEP])
  const outputs = Object.entries(forecastOf(input, group)).map(([name, data]) => [
    name,
    { data, shape: [2, HORIZON, 1] },
  ])
  return {
    kind: 'forecaster',
    version: '0.1.0',
    columns: COLUMNS,
    window: WINDOW,
    horizon: HORIZON,
    targets: ['pressure'],
    known: ['flow'],
    cycles: ['day'],
    groups: GROUPS,
    groupBy: 'machine',
    features: 5,
    coverage: 0.9,
    season: 24,
    timeStep: TIME_STEP,
    seed: 0,
    dataDigest: 'ab12',
    center: Float32Array.of(10, -2, 20, 0.5),
    scale: Float32Array.of(4, 0.5, 2, 0.25),
    golden: {
      input: { data: input, shape: [2, WINDOW, 4] },
      group,
      outputs: Object.fromEntries(outputs),
      tolerance: 1e-5,
    },
  }
}

export const forecasterGraph = (): Graph => ({
  nodes: [
    { op: 'ReduceMean', inputs: ['input', 'second'], outputs: ['mean'], attributes: { keepdims: 0 } },
    { op: 'MatMul', inputs: ['mean', 'weights'], outputs: ['steps'] },
    { op: 'Gather', inputs: ['offsets', 'group'], outputs: ['offset'] },
    { op: 'Unsqueeze', inputs: ['offset', 'second'], outputs: ['column'] },
    { op: 'Add', inputs: ['steps', 'column'], outputs: ['raised'] },
    { op: 'Unsqueeze', inputs: ['raised', 'third'], outputs: ['forecast'] },
    { op: 'Sub', inputs: ['forecast', 'one'], outputs: ['lower'] },
    { op: 'Add', inputs: ['forecast', 'two'], outputs: ['upper'] },
  ],
  inputs: [
    { name: 'input', dims: ['batch', WINDOW, 4] },
    { name: 'group', type: 6, dims: ['batch'] },
  ],
  outputs: ['forecast', 'lower', 'upper'].map((name) => ({ name, dims: ['batch', HORIZON, 1] })),
  constants: {
    weights: { dims: [4, HORIZON], data: Float32Array.from(WEIGHTS) },
    offsets: { dims: [2], data: Float32Array.from(OFFSETS) },
    second: { dims: [1], data: [1] },
    third: { dims: [1], data: [2] },
    one: { dims: [], data: Float32Array.of(1) },
    two: { dims: [], data: Float32Array.of(2) },
  },
})

/** A forecaster file that ONNX Runtime runs; `changes` make it another, or a wrong one. */
export const writeForecaster = (
  metadata: Partial<ForecasterMetadata> = {},
  graph: Partial<Graph> = {},
): Uint8Array =>
  writeModel({
    ...forecasterGraph(),
    metadata: writeMetadata({ ...forecasterMetadata(), ...metadata }),
    ...graph,
  })

/** One of a single series without a calendar and intervals: what it says, and the graph without the group. */
export const plainForecaster = () => {
  const { golden, groups, groupBy, cycles, known, coverage, center, scale, ...rest } = forecasterMetadata()
  const { forecast } = golden.outputs
  const input = { data: rawValues(2), shape: [2, WINDOW, 2] }
  const data = Float32Array.from({ length: 2 * HORIZON }, (_, i) => {
    const [w, step] = [Math.floor(i / HORIZON), i % HORIZON]
    let sum = 0
    for (let t = 0; t < WINDOW; t++)
      for (let c = 0; c < 2; c++)
        sum += (input.data[(w * WINDOW + t) * 2 + c] / WINDOW) * WEIGHTS[c * HORIZON + step]
    return sum
  })
  const metadata: ForecasterMetadata = {
    ...rest,
    center: center.slice(0, 2),
    scale: scale.slice(0, 2),
    golden: { input, outputs: { forecast: { ...forecast, data } }, tolerance: 1e-5 },
  }
  const [mean, matMul] = forecasterGraph().nodes
  const graph: Graph = {
    nodes: [mean, matMul, { op: 'Unsqueeze', inputs: ['steps', 'third'], outputs: ['forecast'] }],
    inputs: [{ name: 'input', dims: ['batch', WINDOW, 2] }],
    outputs: [{ name: 'forecast', dims: ['batch', HORIZON, 1] }],
    constants: {
      weights: { dims: [2, HORIZON], data: Float32Array.from(WEIGHTS.slice(0, 2 * HORIZON)) },
      second: { dims: [1], data: [1] },
      third: { dims: [1], data: [2] },
    },
  }
  return { metadata, bytes: writeModel({ ...graph, metadata: writeMetadata(metadata) }) }
}
