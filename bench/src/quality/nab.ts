import type { Line } from '../family/results.js'
import { measureOf } from '../family/results.js'
import { mean } from '../statistics.js'
import { nabCorpus } from './nab-corpus.js'
import type { NabFigures, NabInput, RestFigures } from './nab-seed.js'
import { NETWORK } from './network.js'
import { runScripts } from './pool.js'
import type { Figures } from './results.js'

const WHOLE = 'whole corpus'

/** `results/final_results.json` and README of numenta/NAB 1.1, standard profile. */
const PUBLISHED: Line[] = [
  { name: 'ARTime, published', cells: { [WHOLE]: 74.9 } },
  { name: 'Numenta HTM, published', cells: { [WHOLE]: 70.5 } },
  { name: 'KNN-CAD, published', cells: { [WHOLE]: 58 } },
  { name: 'windowed Gaussian, published', cells: { [WHOLE]: 39.6 } },
  { name: 'random, published', cells: { [WHOLE]: 11 } },
]

/** The Numenta Anomaly Benchmark: 58 series, each learnt from its first rows, then scored row by row. */
export async function nab(seeds: number): Promise<Figures> {
  nabCorpus() // throws where it is missing, before anything is trained
  const inputs = Array.from({ length: seeds }, (_, seed) => ({ network: NETWORK, seed }))
  const figures = await runScripts<NabInput, NabFigures>('quality/nab-seed', inputs)
  const ours: [string, RestFigures[]][] = [
    [`${NETWORK}, published rest`, figures.map((figure) => figure.published)],
    [NETWORK, figures.map((figure) => figure.default)],
  ]
  const value = mean(figures.map((figure) => figure.default.whole))
  return {
    protocol:
      'The 58 files of the Numenta Anomaly Benchmark, its standard profile. For each file a network of window 24 with all ' +
      "defaults is trained on the probation's rows alone (the first 15 %, at most 750; the last 10 % of them, or as many as " +
      'a window has, validate). Then all rows are scored by the adaptive detector, which knows the rows before and none ' +
      'after. Within the rest after an alarm at its own threshold, 3, scores count 0. The rest is 5 windows by default; the ' +
      "published rest is a fifth of the probation's rows, as KNN-CAD and CAD-OSE have it. Whole corpus: with the one threshold " +
      'that is best on the labels, as for all published scores. Odd, even files: with the one that is best on the other half. ' +
      `Own threshold: 3, without any label. ${seeds} seeds.`,
    tables: [
      { title: 'NAB score', shows: 'mean and deviation', lines: [...ours.map(scoresLine), ...PUBLISHED] },
      { title: 'alarms at our own threshold', shows: 'mean and deviation', lines: ours.map(alarmsLine) },
    ],
    aims: [
      { what: 'NAB score, whole corpus', value, atLeast: 60 },
      { what: 'the same, to be as good as ARTime', value, atLeast: 74.9 },
    ],
  }
}

const scoresLine = ([name, figures]: [string, RestFigures[]]): Line => ({
  name,
  cells: {
    [WHOLE]: measureOf(figures.map(({ whole }) => whole)),
    'odd files': measureOf(figures.map(({ halves }) => halves[0])),
    'even files': measureOf(figures.map(({ halves }) => halves[1])),
    'own threshold': measureOf(figures.map(({ own }) => own)),
  },
})

const alarmsLine = ([name, figures]: [string, RestFigures[]]): Line => ({
  name,
  cells: {
    'windows found, of 116': measureOf(figures.map(({ found }) => found)),
    'false alarms': measureOf(figures.map(({ falseAlarms }) => falseAlarms)),
    'rows above it, of normal ones, ‰': measureOf(figures.map(({ above }) => 1000 * above)),
  },
})
