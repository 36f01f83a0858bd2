import type { Detector, DetectorStreamOptions } from '@tempocode/runtime'
import { type FilterOptions, filterRows, type RowStream } from './filter-rows.js'
import { scoreColumns } from './write-scores.js'

export interface DetectStreamOptions extends Omit<FilterOptions, 'columns'> {
  /** Also whether scores are adaptive; each group has a history of its own. */
  alarms: DetectorStreamOptions
}

/**
 * Scores rows that come on standard input: a line for each, as `writeScores` has them.
 * @throws TempocodeError as `filterRows` does
 */
export async function detectStream(
  detector: Detector,
  { alarms, ...options }: DetectStreamOptions,
): Promise<void> {
  const { columns } = detector
  const none = new Float32Array(2 + columns.length).fill(Number.NaN)
  const open = (): RowStream => {
    const stream = detector.stream(alarms)
    return {
      async push(row) {
        const { score, contributions, alarm } = await stream.push(row)
        const isOn = alarm === 'start' || alarm === 'on'
        return Number.isNaN(score) ? none : Float32Array.of(score, Number(isOn), ...contributions)
      },
      reset: () => stream.reset(),
    }
  }
  await filterRows(scoreColumns(columns), open, { ...options, columns })
}
