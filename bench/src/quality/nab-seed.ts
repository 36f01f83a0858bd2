import { events, loadDetector } from '@tempocode/runtime'
import { fit, type NabFile, nabScore, rowsOf, seriesOf } from '@tempocode/trainer'
import { printResult, scriptInput } from '../child.js'
import { type CorpusFile, nabCorpus } from './nab-corpus.js'
import { NETWORKS, type NetworkName } from './network.js'

// The whole corpus with one seed, in a process of its own

const WINDOW = 24
const THRESHOLD = 3

export interface NabInput {
  network: NetworkName
  seed: number
}

/** NAB's scores by the standard profile, and what alarms at our own threshold were. */
export interface NabFigures {
  /** With the threshold that is best on the labels of all files. */
  whole: number
  /** Every other file from the first, and from the second on: with the threshold that is best on the labels of the others. */
  halves: [number, number]
  /** At our own threshold, which knows no label. */
  own: number
  /** The windows with an alarm in them, and the alarms outside. */
  found: number
  falseAlarms: number
  /** The part of the rows outside windows, behind the probation, above our own threshold. */
  above: number
}

interface ScoredFile {
  file: CorpusFile
  /** As they are written: no alarm follows another one within its rest. */
  rested: Float32Array
  /** 1 where our own threshold raises an alarm, else 0. */
  raised: Uint8Array
  /** The rows that count outside windows, and those of them above the threshold. */
  normal: { rows: number; above: number }
}

const { network, seed } = scriptInput<NabInput>()
const scored: ScoredFile[] = []
for (const file of nabCorpus()) scored.push(await score(file))
printResult(figuresOf(scored))

/** Learns from the probation's rows alone, then scores all rows as if they came one by one. */
async function score(file: CorpusFile): Promise<ScoredFile> {
  const { values, windows, probation } = file
  const model = NETWORKS[network]({ window: WINDOW, columns: 1, seed })
  const series = seriesOf(values.slice(0, probation), { columns: ['value'] })
  // A part of the shortest ones holds no window
  const validationSplit = Math.max(0.1, WINDOW / probation)
  const run = await fit(model, series, { seed, validationSplit, threads: 1 })
  const detector = await loadDetector(await run.detector(), { device: 'cpu', threads: 1 })
  const { scores } = await detector.scoreSeries(values, { adapt: true })
  await detector.dispose()
  model.dispose()

  const rest = 5 * WINDOW
  const alarms = events(scores.subarray(probation), { threshold: THRESHOLD, rest })
  const rested = scores.slice()
  const raised = new Uint8Array(scores.length)
  for (const alarm of alarms) {
    const row = probation + alarm.raised
    raised[row] = 1
    rested.fill(0, row + 1, row + 1 + rest)
  }
  const inWindow = rowsOf(windows, values.length)
  const outside = scores.filter((_, row) => row >= probation && !inWindow[row])
  const above = outside.filter((score) => score > THRESHOLD).length
  return { file, rested, raised, normal: { rows: outside.length, above } }
}

function figuresOf(scored: readonly ScoredFile[]): NabFigures {
  const rested = scored.map(({ file: { windows }, rested }): NabFile => ({ scores: rested, windows }))
  const raised = scored.map(({ file: { windows }, raised }): NabFile => ({ scores: raised, windows }))
  const halves = [0, 1].map((half) => rested.filter((_, i) => i % 2 === half))
  const byOther = (half: 0 | 1) =>
    nabScore(halves[half], { threshold: nabScore(halves[1 - half]).threshold }).score
  const sum = (of: (scored: ScoredFile) => number) => scored.reduce((all, file) => all + of(file), 0)
  return {
    whole: nabScore(rested).score,
    halves: [byOther(0), byOther(1)],
    own: nabScore(raised, { threshold: 1 }).score,
    found: sum(({ file, raised }) => countFound(file, raised)),
    falseAlarms: sum(({ file, raised }) => {
      const inWindow = rowsOf(file.windows, raised.length)
      return raised.filter((is, row) => is === 1 && !inWindow[row]).length
    }),
    above: sum(({ normal }) => normal.above) / sum(({ normal }) => normal.rows),
  }
}

function countFound({ windows }: CorpusFile, raised: Uint8Array): number {
  return windows.filter(({ start, end }) => raised.subarray(start, end).includes(1)).length
}
