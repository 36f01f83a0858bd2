import { seriesOf } from '../../../series-of.js'
import type { Measured } from '../report-data.js'
import { timelineOf } from '../timeline.js'

/** Windows of two rows of two columns in ten rows, of which the last four are held out; threshold 1. */
export function measuredOf(scores: readonly number[], more: Partial<Measured> = {}): Measured {
  const series = seriesOf(
    Array.from({ length: 10 }, (_, t) => [t, -t]),
    { columns: ['pressure', 'flow'] },
  )
  const count = scores.length
  const rows = Float32Array.of(0, 0, 1, -1)
  const head = { name: 'reconstruction', offset: 0, rows: Float32Array.of(0.5, 0, 1, -0.5) }
  return {
    windows: { starts: Int32Array.of(0, 1, 2, 3, 4, 6, 7, 8), heldOutFrom: 5, every: 1 },
    span: 2,
    timeline: timelineOf(series),
    segments: [
      { start: 0, end: 6, heldOut: false },
      { start: 6, end: 10, heldOut: true },
    ],
    scores: Float32Array.from(scores),
    score: 'the mean of its errors',
    threshold: { value: 1, rule: 'as it was asked for' },
    errors: Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 3 : 1) * scores[i >> 1]),
    contributions: Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 3 : 1) * scores[i >> 1]),
    features: Float32Array.from({ length: 2 * count }, (_, i) => i % 5),
    examples: (['best', 'median', 'worst'] as const).map((name, i) => ({
      name,
      at: `row ${i + 7}`,
      score: i,
      rows,
      heads: [head],
    })),
    ...more,
  }
}
