import { TempocodeError } from '@tempocode/core'
import { type NabFile, type NabRows, nabRows } from './nab-rows.js'
import { checkRuns } from './runs.js'

/** What a miss and a false alarm cost (`config/profiles.json`); a window that is found in its first row earns 1. */
const PROFILES = {
  standard: { miss: 1, falseAlarm: 0.11 },
  reward_low_FP_rate: { miss: 1, falseAlarm: 0.22 },
  reward_low_FN_rate: { miss: 2, falseAlarm: 0.11 },
}

export type NabProfile = keyof typeof PROFILES
export const NAB_PROFILES = Object.keys(PROFILES) as NabProfile[]

export interface NabScore {
  /** 100 for a detector that finds each window in its first row and nothing else, 0 for one without any alarm. */
  score: number
  /** A row is an alarm whose score is at least this. Infinity: any alarm at all makes the score lower. */
  threshold: number
  /** The sum before it is set between the two: what windows earn, less misses and false alarms. */
  raw: number
}

export interface NabOptions {
  /** Default `standard`. */
  profile?: NabProfile
  /** The one threshold of all files. Default: that which gives the highest score, **found on the labels**. */
  threshold?: number
}

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, ICMLA 2015), as version 1.1 of its program computes it.
 *
 * The first 15 % of each file's rows, at most 750, do not count. Of each window only the alarm counts that earns most:
 * 2σ(−5p) − 1, as a part of that at the window's first row, where p is −1 there and 0 behind the last. An alarm outside
 * costs the more the farther it is behind the last window, and the whole price before the first. The one threshold of all
 * files is the best on the labels, as it is for all published scores; with `threshold` it is the detector's own.
 * @throws TempocodeError `data` where no window has a row that counts, or windows are no runs of the rows; `option` for an
 *   unknown profile
 */
export function nabScore(files: readonly NabFile[], options: NabOptions = {}): NabScore {
  const { profile = 'standard', threshold } = options
  const price = PROFILES[profile]
  if (price === undefined) {
    const message = `profile "${profile}" is unknown; use one of ${NAB_PROFILES.join(', ')}`
    throw new TempocodeError('option', message)
  }
  for (const { scores, windows } of files) checkRuns(windows, scores.length)
  const { order, scores, worth, windows, count } = corpusOf(files)
  if (count === 0) throw new TempocodeError('data', 'no window has a row behind the probation of its file')

  const none = -price.miss * count
  const earned = new Float64Array(count).fill(-price.miss)
  let raw = none
  let best = { raw, threshold: threshold ?? Infinity }
  for (let i = 0; i < order.length; ) {
    const score = scores[order[i]]
    if (threshold !== undefined && score < threshold) break
    for (; i < order.length && scores[order[i]] === score; i++) {
      const row = order[i]
      const window = windows[row]
      const gain = window < 0 ? worth[row] * price.falseAlarm : Math.max(0, worth[row] - earned[window])
      if (window >= 0) earned[window] += gain
      raw += gain
    }
    if (threshold !== undefined || raw > best.raw) best = { raw, threshold: threshold ?? score }
  }
  return { score: (100 * (best.raw - none)) / (count - none), ...best }
}

/** All files' rows, one behind the other, and the order of those that can be alarms, highest score first. */
function corpusOf(files: readonly NabFile[]) {
  const size = files.reduce((sum, file) => sum + file.scores.length, 0)
  const scores = new Float64Array(size)
  const worth = new Float64Array(size)
  const windows = new Int32Array(size)
  const counted: number[] = []
  let count = 0
  let start = 0
  for (const file of files) {
    const rows: NabRows = nabRows(file)
    scores.set(file.scores, start)
    worth.set(rows.worth, start)
    const skipped = file.windows.filter(({ end }) => end <= rows.first).length
    windows.set(
      rows.windows.map((window) => (window < 0 ? -1 : count + window - skipped)),
      start,
    )
    for (let row = rows.first; row < file.scores.length; row++) {
      if (!Number.isNaN(file.scores[row])) counted.push(start + row)
    }
    count += file.windows.length - skipped
    start += file.scores.length
  }
  const order = Uint32Array.from(counted).sort((a, b) => scores[b] - scores[a])
  return { order, scores, worth, windows, count }
}
