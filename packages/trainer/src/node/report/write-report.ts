import type { Run } from '../../fit/run.js'
import type { Segment } from '../../segments.js'
import { openDrawing } from './drawing.js'
import { gatherReport } from './gather-report.js'
import { measure } from './measure.js'
import { renderReport } from './report.js'

export interface ReportOptions {
  /** Runs of rows that are known to be faulty, to be shown beside the alarms. */
  labels?: readonly Segment[]
  /** What `save` was told: where the rows come from, and the baseline, where the command knows them. */
  details?: Record<string, unknown>
  /** The run's detector.onnx, where it is written already, or why there is none. */
  detector?: Uint8Array | { missing: string }
}

/**
 * report.html of a run: what was trained and how well, in pictures and words; one page that needs no network and no
 * script, for light and dark screens, phones and paper. Up to 8192 windows are measured for it, evenly.
 * @returns the page's HTML
 * @throws TempocodeError as `run.detector` does
 */
export async function reportOf(run: Run, options: ReportOptions = {}): Promise<string> {
  const { labels, details = {} } = options
  const detector = options.detector ?? (await run.detector())
  const measured = 'missing' in detector ? detector : await measure(run, detector, { labels })
  return renderReport({ ...gatherReport(run, details), measured }, await openDrawing())
}
