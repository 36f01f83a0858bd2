import { type Confusion, pointMeasures } from '@tempocode/trainer'
import { type Line, measureOf } from '../family/results.js'
import { mean } from '../statistics.js'
import { NETWORK, type NetworkName } from './network.js'
import { runScripts } from './pool.js'
import type { Figures } from './results.js'
import { anomalyFree, rigRuns } from './skab-files.js'
import type { SkabFigures, SkabInput } from './skab-seed.js'

const OTHER: NetworkName = 'lstmAutoencoder'
const BALANCED = '100 − (FAR + MAR) / 2'

interface RigMeasures {
  f1: number
  /** Both in per cent. */
  falseAlarms: number
  missed: number
  balanced: number
}

/** F1, FAR and MAR of SKAB's leaderboard for outlier detection. */
const PUBLISHED = (
  [
    ['Conv-AE', 0.78, 13.55, 28.02],
    ['MSET', 0.78, 39.73, 14.13],
    ['T² + Q', 0.76, 26.62, 24.92],
    ['LSTM-AE', 0.74, 29.96, 25.92],
    ['LSTM-VAE', 0.56, 9.13, 55.03],
    ['every row flagged', 0.698, 100, 0],
  ] as const
).map(([name, f1, falseAlarms, missed]): Line => {
  const published = { f1, falseAlarms, missed, balanced: 100 - (falseAlarms + missed) / 2 }
  return { name: `${name}, published`, cells: cellsOf((key) => published[key]) }
})

/** The Skoltech Anomaly Benchmark, outliers: each run of the rig learnt from its first rows. */
export async function skab(seeds: number): Promise<Figures> {
  for (const read of [rigRuns, anomalyFree]) read() // throws where it is missing, before anything is trained
  const inputs = [NETWORK, OTHER].flatMap((network) =>
    Array.from({ length: seeds }, (_, seed): SkabInput => ({ network, seed })),
  )
  const figures = await runScripts<SkabInput, SkabFigures>('quality/skab-seed', inputs)
  const ofNetwork = (network: NetworkName) => figures.filter((_, i) => inputs[i].network === network)
  const ours = ofNetwork(NETWORK).map(({ own }) => measuresOf(own))
  const f1 = mean(ours.map((measures) => measures.f1))
  const balanced = mean(ours.map((measures) => measures.balanced))
  return {
    protocol:
      'The 34 runs of the Skoltech Anomaly Benchmark with anomalies. For each one a network of window 10 with all defaults ' +
      'is trained on rows 0–399 (the last 10 % of them validate). All rows after them are scored by the detector with its ' +
      'defaults: a row is anomalous where the score of the window that ends with it is above the threshold. Rows of all files ' +
      "are pooled. The leaderboard's rule, for the same networks: the residual of a window is the sum over columns of the mean of " +
      '|x − x̂|, the limit 1.5 × its 0.99 quantile in training windows, and a row is anomalous where all nine windows that ' +
      'start before it and reach beyond it exceed the limit, so that it knows 8 later rows. Odd, even files: of every other one. ' +
      'Anomaly-free run: trained on its first half (4,702 rows), the part of the later rows in alarm. ' +
      `${seeds} seeds.`,
    tables: [
      {
        title: 'SKAB',
        shows: 'mean and deviation',
        lines: [...[NETWORK, OTHER].flatMap((network) => linesOf(network, ofNetwork(network))), ...PUBLISHED],
      },
      {
        title: 'alarms in the anomaly-free run',
        shows: 'mean and deviation',
        lines: [NETWORK, OTHER].map((network) => freeLine(network, ofNetwork(network))),
      },
    ],
    aims: [
      { what: 'F1', value: f1, atLeast: 0.77 },
      { what: BALANCED, value: balanced, atLeast: 77 },
      { what: 'F1, the aim', value: f1, atLeast: 0.82 },
      { what: `${BALANCED}, the aim`, value: balanced, atLeast: 83 },
    ],
  }
}

const linesOf = (network: NetworkName, figures: SkabFigures[]): Line[] => [
  lineOf(
    network,
    figures.map(({ own }) => own),
  ),
  lineOf(
    `${network}, the leaderboard's rule`,
    figures.map(({ leaderboard }) => leaderboard),
  ),
]

/** @param seeds of each the counts of each file */
function lineOf(name: string, seeds: Confusion[][]): Line {
  const all = seeds.map(measuresOf)
  const half = (which: number) => {
    const halves = seeds.map((files) => measuresOf(files.filter((_, i) => i % 2 === which)))
    return measureOf(halves.map(({ balanced }) => balanced))
  }
  const cells = cellsOf((key) => measureOf(all.map((measures) => measures[key])))
  return { name, cells: { ...cells, 'odd files': half(0), 'even files': half(1) } }
}

/** Of the rows of all files. */
function measuresOf(files: Confusion[]): RigMeasures {
  const total = (key: keyof Confusion) => files.reduce((sum, counts) => sum + counts[key], 0)
  const { f1, falseAlarmRate, missedAlarmRate } = pointMeasures({
    truePositives: total('truePositives'),
    falsePositives: total('falsePositives'),
    trueNegatives: total('trueNegatives'),
    falseNegatives: total('falseNegatives'),
  })
  const [falseAlarms, missed] = [100 * falseAlarmRate, 100 * missedAlarmRate]
  return { f1, falseAlarms, missed, balanced: 100 - (falseAlarms + missed) / 2 }
}

function cellsOf<Cell>(cell: (key: keyof RigMeasures) => Cell): Record<string, Cell> {
  return {
    F1: cell('f1'),
    'FAR, %': cell('falseAlarms'),
    'MAR, %': cell('missed'),
    [BALANCED]: cell('balanced'),
  }
}

const freeLine = (name: string, figures: SkabFigures[]): Line => ({
  name,
  cells: {
    'of the next 1,000 rows, %': measureOf(figures.map(({ free }) => 100 * free.soon)),
    'of all others, %': measureOf(figures.map(({ free }) => 100 * free.later)),
  },
})
