import { loadDetector, loadEncoder } from '@tempocode/runtime'
import { fit, type Run } from '@tempocode/trainer'
import { printResult, scriptInput } from '../child.js'
import { type Beats, ecg5000, SAMPLES, seriesOfBeats } from '../family/ecg5000.js'
import { normalBeats, shuffledBeats } from './beats.js'
import { NETWORKS, type NetworkName } from './network.js'
import { ridgeClassifier } from './ridge.js'

// Detection and features with one seed, in a process of its own

export interface EcgInput {
  network: NetworkName
  seed: number
}

export interface EcgFigures {
  /** Of the test beats, by the detector of normal beats. */
  scores: number[]
  threshold: number
  /** Of the ridge classifier on features of the encoder of all beats. */
  accuracy: number
  penalty: number
}

const { network, seed } = scriptInput<EcgInput>()
const { train, test } = ecg5000()
printResult({ ...(await detection()), ...(await features()) } satisfies EcgFigures)

async function detection(): Promise<Pick<EcgFigures, 'scores' | 'threshold'>> {
  const run = await trained(normalBeats(train))
  const detector = await loadDetector(await run.detector(), { device: 'cpu', threads: 1 })
  const scores = Array.from(await detector.decisionFunction(test.values))
  return { scores, threshold: detector.threshold }
}

async function features(): Promise<Pick<EcgFigures, 'accuracy' | 'penalty'>> {
  const beats = shuffledBeats(train, seed)
  const run = await trained(beats)
  const encoder = await loadEncoder(run.encoder(), { device: 'cpu', threads: 1 })
  const [learn, judge] = await Promise.all(
    [beats, test].map(async ({ values, classes }) => {
      const { data, shape } = await encoder.encode(values)
      return { values: data, size: shape[1], classes }
    }),
  )
  return ridgeClassifier(learn, judge)
}

/** Labels have no part in it. */
function trained(beats: Beats): Promise<Run> {
  const model = NETWORKS[network]({ window: SAMPLES, columns: 1, seed })
  return fit(model, seriesOfBeats(beats), { seed, threads: 1 })
}
