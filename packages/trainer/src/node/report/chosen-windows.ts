import type { Run } from '../../fit/run.js'
import { countRows, type Segment } from '../../segments.js'
import { inOrder, sequencesOf, type Windows, windowStarts } from '../../windows.js'

/** Windows of a run's rows, first those of training, then those held out, each in the order of rows. */
export interface ChosenWindows extends Windows {
  /** The first of the held-out ones; the number of windows where none is. */
  heldOutFrom: number
  /** One of so many was chosen. */
  every: number
}

/**
 * At most `most` of the windows that lie wholly in the training rows or wholly in the held-out rows, evenly.
 * @param span rows that a window is compared with, from its first on: more than a window for predictions
 */
export function chooseWindows(
  { split }: Pick<Run, 'split'>,
  { span, masked, most }: { span: number; masked: boolean; most: number },
): ChosenWindows {
  const stride = Math.ceil((countRows(split.train) + countRows(split.validation)) / most)
  const all = (segments: readonly Segment[]): Windows => {
    if (segments.length === 0)
      return { starts: new Int32Array(0), lengths: masked ? new Int32Array(0) : undefined }
    return masked ? sequencesOf(segments, span, stride) : { starts: windowStarts(segments, span, stride) }
  }
  const [train, heldOut] = [all(split.train), all(split.validation)]
  const count = train.starts.length + heldOut.starts.length
  const every = Math.ceil(count / most) // where groups are many, each has windows of its own
  const pick = (part: Int32Array) => part.filter((_, i) => i % every === 0)
  const joined = (part: 'starts' | 'lengths') => Int32Array.of(...pick(train[part]!), ...pick(heldOut[part]!))
  return {
    starts: joined('starts'),
    lengths: masked ? joined('lengths') : undefined,
    heldOutFrom: pick(train.starts).length,
    every: stride * every,
  }
}

/** Those of the windows for which something holds. */
export function onlyThose(windows: ChosenWindows, holds: (window: number) => boolean): ChosenWindows {
  const kept = Int32Array.from(windows.starts, (_, w) => w).filter(holds)
  const heldOutFrom = kept.filter((w) => w < windows.heldOutFrom).length
  return { ...inOrder(windows, kept), heldOutFrom, every: windows.every }
}
