import { fit, seriesOf } from '@tempocode/trainer'
import { useFastTfjs } from '@tempocode/trainer/node'
import { printResult, scriptInput } from './child.js'
import { networkOf } from './network.js'
import { EPOCH_ROW } from './rows.js'
import { waves } from './waves.js'

// One epoch over a long series, in a process of its own, whose memory is that of the training.

/** What the process tells of it. */
export interface EpochRun {
  steps: number
  /** Of `fit`, all of it. */
  seconds: number
  /** The most memory that the process had, in megabytes (10⁶ bytes). */
  megabytes: number
}

const { rows } = scriptInput<{ rows: number }>()
await useFastTfjs()
const columns = Array.from({ length: EPOCH_ROW.columns }, (_, i) => `c${i}`)
const series = seriesOf(waves(rows, columns.length), { columns })
const model = networkOf(EPOCH_ROW)
let steps = 0
const begin = performance.now()
await fit(model, series, {
  epochs: 1,
  batchSize: EPOCH_ROW.batch,
  validationSplit: 0.001, // without any, fit would evaluate all windows twice, which is no part of the epoch
  engine: 'onnx',
  device: 'cpu',
  onProgress: (progress) => {
    steps = progress.steps
  },
})
printResult({
  steps,
  seconds: (performance.now() - begin) / 1000,
  megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
} satisfies EpochRun)
