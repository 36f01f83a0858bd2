import { type Detector, loadDetector } from '@tempocode/runtime'
import { type Confusion, confusion, fit, seriesOf } from '@tempocode/trainer'
import { printResult, scriptInput } from '../child.js'
import { NETWORKS, type NetworkName } from './network.js'
import { anomalyFree, type RigRun, rigRuns, SENSORS } from './skab-files.js'
import { leaderboardAlarms } from './skab-rule.js'

// All runs with one seed, in a process of its own

const WINDOW = 10
const TRAINING = 400
const COLUMNS = SENSORS.length
const SOON = 1000 // rows after the training rows of the anomaly-free run

export interface SkabInput {
  network: NetworkName
  seed: number
}

export interface SkabFigures {
  /** Of each file. */
  own: Confusion[]
  leaderboard: Confusion[]
  /** The part of the anomaly-free run's rows in alarm: of the first 1,000 after its first half, and of all others. */
  free: { soon: number; later: number }
}

interface Trained {
  detector: Detector
  /** Of each column, by which its values are divided. */
  scale: number[]
}

const { network, seed } = scriptInput<SkabInput>()
const own: Confusion[] = []
const leaderboard: Confusion[] = []
for (const run of rigRuns()) {
  const trained = await train(run, TRAINING)
  const labels = run.labels.subarray(TRAINING)
  own.push(confusion(await alarmsOf(trained.detector, run, TRAINING), labels))
  leaderboard.push(confusion(await leaderboardAlarmsOf(trained, run), labels))
  await trained.detector.dispose()
}
printResult({ own, leaderboard, free: await falseAlarms() } satisfies SkabFigures)

/** Learns from the first rows. */
async function train({ values }: RigRun, rows: number): Promise<Trained> {
  const model = NETWORKS[network]({ window: WINDOW, columns: COLUMNS, seed })
  const series = seriesOf(values.slice(0, rows * COLUMNS), { columns: SENSORS })
  const run = await fit(model, series, { seed, threads: 1 })
  const detector = await loadDetector(await run.detector(), { device: 'cpu', threads: 1 })
  model.dispose()
  return { detector, scale: run.scaler.scale }
}

/** Of each row from the first one on: 1 where the window that ends with it scores above the threshold. */
async function alarmsOf(detector: Detector, { values }: RigRun, first: number): Promise<Uint8Array> {
  const { scores } = await detector.scoreSeries(values)
  return Uint8Array.from(scores.subarray(first), (score) => (score > detector.threshold ? 1 : 0))
}

async function leaderboardAlarmsOf(trained: Trained, { values }: RigRun): Promise<Uint8Array> {
  const training = await residuals(trained, values.subarray(0, TRAINING * COLUMNS))
  const rest = values.subarray(TRAINING * COLUMNS)
  return leaderboardAlarms(training, await residuals(trained, rest), rest.length / COLUMNS)
}

/** Of each window the sum over columns of the mean over time of |x − x̂|, in scaled units. */
async function residuals({ detector, scale }: Trained, values: Float32Array): Promise<Float64Array> {
  const size = WINDOW * COLUMNS
  const starts = Array.from({ length: (values.length - size) / COLUMNS + 1 }, (_, i) => i * COLUMNS)
  const windows = new Float32Array(starts.length * size)
  for (const [i, start] of starts.entries()) windows.set(values.subarray(start, start + size), i * size)
  const { reconstruction } = await detector.reconstruct(windows)
  const sums = new Float64Array(starts.length)
  reconstruction.data.forEach((value, i) => {
    sums[Math.floor(i / size)] += Math.abs(windows[i] - value) / scale[i % COLUMNS] / WINDOW
  })
  return sums
}

/** Learns from the first half of the anomaly-free run. */
async function falseAlarms(): Promise<SkabFigures['free']> {
  const run = anomalyFree()
  const half = Math.floor(run.labels.length / 2)
  const { detector } = await train(run, half)
  const alarms = await alarmsOf(detector, run, half)
  await detector.dispose()
  const part = (rows: Uint8Array) => rows.reduce((sum, alarm) => sum + alarm, 0) / rows.length
  return { soon: part(alarms.subarray(0, SOON)), later: part(alarms.subarray(SOON)) }
}
