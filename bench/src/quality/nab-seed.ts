import { adaptiveRest, adaptiveThreshold, events, loadDetector } from '@tempocode/runtime'
import { fit, type NabFile, nabScore, rowsOf, seriesOf } from '@tempocode/trainer'
import { printResult, scriptInput } from '../child.js'
import { type CorpusFile, nabCorpus } from './nab-corpus.js'
import { NETWORKS, type NetworkName } from './network.js'

// The whole corpus with one seed, in a process of its own

const WINDOW = 24
const THRESHOLD = adaptiveThreshold()

/** Rows without a new alarm after one, by the probation's rows: the default, and what KNN-CAD and CAD-OSE have. */
const RESTS = {
  default: () => adaptiveRest(WINDOW),
  published: (probation: number) => Math.floor(probation / 5),
}

export interface NabInput {
  network: NetworkName
  seed: number
}

/** By the rest after an alarm. */
export type NabFigures = Record<keyof typeof RESTS, RestFigures>

/** NAB's scores by the standard profile, and what alarms at our own threshold were. */
export interface RestFigures {
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
  scores: Float32Array
}

const { network, seed } = scriptInput<NabInput>()
const scored: ScoredFile[] = []
for (const file of nabCorpus()) scored.push(await score(file))
printResult({ default: figuresOf(RESTS.default), published: figuresOf(RESTS.published) } satisfies NabFigures)

/** Learns from the probation's rows alone, then scores all rows as if they came one by one. */
async function score(file: CorpusFile): Promise<ScoredFile> {
  const { values, probation } = file
  const model = NETWORKS[network]({ window: WINDOW, columns: 1, seed })
  const series = seriesOf(values.slice(0, probation), { columns: ['value'] })
  // A part of the shortest ones holds no window
  const validationSplit = Math.max(0.1, WINDOW / probation)
  const run = await fit(model, series, { seed, validationSplit, threads: 1 })
  const detector = await loadDetector(await run.detector(), { device: 'cpu', threads: 1 })
  const { scores } = await detector.scoreSeries(values, { adapt: true })
  await detector.dispose()
  model.dispose()
  return { file, scores }
}

function figuresOf(rest: (probation: number) => number): RestFigures {
  const lived = scored.map(({ file, scores }) => {
    const { windows, probation } = file
    const { rested, raised } = withRest(scores, probation, rest(probation))
    return { scores, windows, probation, rested, raised, inWindow: rowsOf(windows, scores.length) }
  })
  const rested = lived.map(({ rested, windows }): NabFile => ({ scores: rested, windows }))
  const raised = lived.map(({ raised, windows }): NabFile => ({ scores: raised, windows }))
  const halves = [0, 1].map((half) => rested.filter((_, i) => i % 2 === half))
  const byOther = (half: 0 | 1) =>
    nabScore(halves[half], { threshold: nabScore(halves[1 - half]).threshold }).score
  const count = (of: (file: (typeof lived)[number]) => number) =>
    lived.reduce((sum, file) => sum + of(file), 0)
  const countRows = (holds: (file: (typeof lived)[number], row: number) => boolean) =>
    count((file) => file.scores.filter((_, row) => !file.inWindow[row] && holds(file, row)).length)
  const above = countRows(({ scores, probation }, row) => row >= probation && scores[row] > THRESHOLD)
  return {
    whole: nabScore(rested).score,
    halves: [byOther(0), byOther(1)],
    own: nabScore(raised, { threshold: 1 }).score,
    found: count(
      ({ windows, raised }) =>
        windows.filter(({ start, end }) => raised.subarray(start, end).includes(1)).length,
    ),
    falseAlarms: countRows(({ raised }, row) => raised[row] === 1),
    above: above / countRows(({ probation }, row) => row >= probation),
  }
}

/**
 * What a live system tells of the rows behind the probation: 1 where it raises an alarm, and the scores, 0 in the rest after
 * each alarm.
 */
function withRest(scores: Float32Array, probation: number, rest: number) {
  const rested = scores.slice()
  const raised = new Uint8Array(scores.length)
  for (const alarm of events(scores.subarray(probation), { threshold: THRESHOLD, rest })) {
    const row = probation + alarm.raised
    raised[row] = 1
    rested.fill(0, row + 1, row + 1 + rest)
  }
  return { rested, raised }
}
