import { contributionsOf, type Detector, loadDetector, scoresOf } from '@tempocode/runtime'
import { measureWindows } from '../../detector/measure-windows.js'
import type { Run } from '../../fit/run.js'
import type { Segment } from '../../segments.js'
import { inOrder, layOut } from '../../windows.js'
import { type ChosenWindows, chooseWindows, onlyThose } from './chosen-windows.js'
import { scoreWords, thresholdWords } from './detector-words.js'
import type { Example, Measured } from './report-data.js'
import { timelineOf } from './timeline.js'

const MOST = 8192 // windows, so that a report takes seconds however long the series is

/**
 * Scores, errors and features of up to 8192 windows of a run's rows, and what the network makes of three of them.
 * Windows without a finite score are left out.
 * @param file the run's detector.onnx
 * @param labels rows that are known to be faulty
 * @returns or why nothing is known
 */
export async function measure(
  run: Run,
  file: Uint8Array,
  { labels, most = MOST }: { labels?: readonly Segment[]; most?: number } = {},
): Promise<Measured | { missing: string }> {
  const detector = await loadDetector(file)
  try {
    const { series, split } = run
    const { span, masked, columns, metadata } = detector
    const all = chooseWindows(run, { span, masked, most })
    const width = columns.length
    const measured = await measureWindows(detector, series.values, all)
    const scoring = { kind: metadata.score, errors: metadata.errors, features: metadata.codes }
    const allScores = scoresOf(measured, width, scoring)
    const windows = onlyThose(all, (w) => Number.isFinite(allScores[w]))
    if (windows.starts.length === 0) return { missing: 'no window has a score' }
    const scores = allScores.filter(Number.isFinite)
    const ofThose = (values: Float32Array, size: number) =>
      values.filter((_, i) => Number.isFinite(allScores[Math.floor(i / size)]))
    const errors = ofThose(measured.errors, width)
    return {
      windows,
      span,
      timeline: timelineOf(series),
      segments: [
        ...split.train.map((segment) => ({ ...segment, heldOut: false })),
        ...split.validation.map((segment) => ({ ...segment, heldOut: true })),
      ],
      scores,
      score: scoreWords(metadata.score),
      threshold: { value: detector.threshold, rule: thresholdWords(metadata) },
      errors,
      contributions: contributionsOf(errors, scores, width, scoring),
      features: ofThose(measured.features as Float32Array, metadata.features as number),
      labels,
      examples: await examplesOf(run, detector, windows, scores),
    }
  } finally {
    await detector.dispose()
  }
}

/** Of the held-out windows, or of all where none is held out, that with the lowest, the middle and the highest score. */
async function examplesOf(
  { series }: Run,
  detector: Detector,
  windows: ChosenWindows,
  scores: Float32Array,
): Promise<Example[]> {
  const from = windows.heldOutFrom < scores.length ? windows.heldOutFrom : 0
  const order = Array.from(scores.subarray(from), (_, i) => from + i).sort((a, b) => scores[a] - scores[b])
  const chosen = Int32Array.of(order[0], order[(order.length - 1) >> 1], order[order.length - 1])
  const three = inOrder(windows, chosen)
  const { span, columns, metadata } = detector
  const width = columns.length
  const rows = layOut(series.values, three, span, width)
  const given = await detector.reconstruct(rows, three.lengths && { lengths: three.lengths })
  const { say } = timelineOf(series)
  return (['best', 'median', 'worst'] as const).map((name, i) => {
    const length = three.lengths?.[i] ?? span
    return {
      name,
      at: say(three.starts[i]),
      score: scores[chosen[i]],
      rows: rows.slice(i * span * width, (i * span + length) * width),
      heads: metadata.heads.map(({ name, offset, steps }) => {
        const known = Math.max(0, Math.min(steps, length - offset))
        return { name, offset, rows: given[name].data.slice(i * steps * width, (i * steps + known) * width) }
      }),
    }
  })
}
