import type { Series } from '../series.js'
import { type Split, splitGroups, splitSegments } from '../split.js'
import { sequencesOf, type Windows, windowStarts } from '../windows.js'
import type { Settings } from './settings.js'

/** How a network takes windows. */
export interface WindowSize {
  /** Rows in a window. */
  window: number
  /** Rows that must be there from a window's first one on: more than `window` where later rows are predicted. */
  span: number
  /** Whether a segment shorter than a window is one, with padding. */
  padded: boolean
}

/** What a training learns from, and what it is judged by. */
export interface TrainingData {
  split: Split
  train: Windows
  validation?: Windows
}

/**
 * Splits a series in time, and makes windows of both parts.
 * @param whole whether groups are not cut, and the last ones validate; so it is where sequences are padded
 * @throws TempocodeError `data` where a part has too few rows
 */
export function trainingData(
  { segments }: Series,
  { window, span, padded }: WindowSize,
  { validationSplit, stride }: Pick<Settings, 'validationSplit' | 'stride'>,
  whole = padded,
): TrainingData {
  const split = whole
    ? splitGroups(segments, validationSplit)
    : splitSegments(segments, validationSplit, span)
  const windowsIn = (part: Split['train']): Windows =>
    padded ? sequencesOf(part, window, stride) : { starts: windowStarts(part, span, stride) }
  return {
    split,
    train: windowsIn(split.train),
    validation: split.validation.length > 0 ? windowsIn(split.validation) : undefined,
  }
}
