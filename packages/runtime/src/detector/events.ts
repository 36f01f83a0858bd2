import { TempocodeError } from '@tempocode/core'
import { checkCount, checkKeys } from '../options.js'

/** When alarms begin and end. */
export interface AlarmOptions {
  /** So many rows one after the other must be above the threshold to raise an alarm. Default 1. */
  minLength?: number
  /**
   * An alarm ends with the first row whose score is at most this part of the threshold; above 0, at most 1. A lower one
   * keeps a score that hovers around the threshold from raising many alarms (hysteresis). Default 1.
   */
  release?: number
  /** So many rows after one that raised an alarm raise no other one, and begin no event. Default 0. */
  rest?: number
}

/** An event, by its rows. */
export interface Alarm {
  /** The first one above the threshold. */
  start: number
  /** The one with which the alarm is raised: no live system could know of it earlier. */
  raised: number
  /** The last one. */
  end: number
  /** The one with the highest score. */
  peak: number
}

/** What a row means: an alarm is raised by it, goes on, or ended before it. */
export type AlarmState = 'start' | 'on' | 'end'

/**
 * The events of a series of scores.
 * @param scores one for each row; NaN where there is none, which begins no event and ends none
 * @param options threshold: a score above it is an anomaly
 * @throws TempocodeError `option` for options
 */
export function events(scores: ArrayLike<number>, options: AlarmOptions & { threshold: number }): Alarm[] {
  checkKeys(options, ['threshold', 'minLength', 'release', 'rest'])
  const { threshold, ...others } = options
  if (!Number.isFinite(threshold)) {
    throw new TempocodeError('option', `threshold ${threshold} is not allowed; use a number`)
  }
  const tracker = new AlarmTracker(threshold, others)
  const found: Alarm[] = []
  for (let row = 0; row < scores.length; row++) {
    if (tracker.push(scores[row]) === 'start') found.push(tracker.event!)
  }
  return found
}

/** Follows a series' scores, one by one. */
export class AlarmTracker {
  readonly #minLength: number
  readonly #release: number
  readonly #rest: number
  /** The last row of the rest after an alarm. */
  #restEnd = -1
  #row = -1
  #event: Alarm | undefined
  #highest = 0
  #raised = false

  /** @throws TempocodeError `option` for options */
  constructor(
    private readonly threshold: number,
    options: AlarmOptions,
  ) {
    const { minLength = 1, release = 1, rest = 0 } = options
    checkCount('minLength', minLength)
    if (!(release > 0 && release <= 1)) {
      throw new TempocodeError('option', `release ${release} is not allowed; use a number above 0, at most 1`)
    }
    if (!Number.isSafeInteger(rest) || rest < 0) {
      throw new TempocodeError('option', `rest ${rest} is not allowed; use a whole number from 0 on`)
    }
    this.#minLength = minLength
    this.#rest = rest
    this.#release = release * threshold
  }

  /** The event that the last row is of, raised or still to be; it grows with the rows to come. */
  get event(): Alarm | undefined {
    return this.#event
  }

  /** Whether the last row is one of an alarm that was raised. */
  get isRaised(): boolean {
    return this.#raised
  }

  /** Takes the next row's score. */
  push(score: number): AlarmState | undefined {
    const row = ++this.#row
    const isOver = this.#raised ? score <= this.#release : row <= this.#restEnd || !(score > this.threshold)
    if (isOver) {
      const ended = this.#raised
      this.#letGo()
      return ended ? 'end' : undefined
    }
    this.#event ??= { start: row, raised: row, end: row, peak: row }
    const event = this.#event
    event.end = row
    if (row === event.start || score > this.#highest) {
      event.peak = row
      this.#highest = score
    }
    if (this.#raised) return 'on'
    event.raised = row
    this.#raised = row - event.start + 1 >= this.#minLength
    if (!this.#raised) return undefined
    this.#restEnd = row + this.#rest
    return 'start'
  }

  /** Lets go of the event under way, and of the rest after it, as where rows stop following each other. */
  reset(): void {
    this.#letGo()
    this.#restEnd = -1
  }

  #letGo(): void {
    this.#event = undefined
    this.#raised = false
  }
}
