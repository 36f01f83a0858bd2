import { type AlarmOptions, AlarmTracker } from '@tempocode/runtime'

/** A row's time, in microseconds where it is a time stamp, or its number. */
export type RowKey = bigint | number

/** An alarm that was raised. */
export interface LoggedEvent {
  group?: string
  /** Its first row, that with which it was raised, and its last one. */
  start: RowKey
  raised: RowKey
  end: RowKey
  /** Its highest score. */
  peak: number
  /** Of each column, the sum of what it added to the rows' scores, where that is above 0. */
  contributions: Float64Array
}

const MOST = 0.9 // of an event, which the columns that are named made together

/** Follows scores row by row, and keeps the events. */
export class EventLog {
  readonly events: LoggedEvent[] = []
  readonly #tracker: AlarmTracker
  #group: string | undefined
  #open: LoggedEvent | undefined

  /** @throws TempocodeError `option` for alarm options that are not allowed */
  constructor(
    threshold: number,
    private readonly columns: readonly string[],
    options: AlarmOptions,
  ) {
    this.#tracker = new AlarmTracker(threshold, options)
  }

  /** What follows has nothing to do with the rows before. */
  begin(group?: string): void {
    this.#group = group
    this.#tracker.reset()
  }

  /** Takes the next row. @returns whether an alarm is on with it */
  push(key: RowKey, score: number, contributions: Float32Array): boolean {
    const before = this.#tracker.event
    const state = this.#tracker.push(score)
    const { event } = this.#tracker
    if (event === undefined) return false
    if (event !== before) {
      const sums = new Float64Array(this.columns.length)
      this.#open = { group: this.#group, start: key, raised: key, end: key, peak: score, contributions: sums }
    }
    const open = this.#open!
    open.end = key
    open.peak = Math.max(open.peak, score)
    contributions.forEach((part, c) => {
      if (part > 0) open.contributions[c] += part
    })
    if (state === 'start') {
      open.raised = key
      this.events.push(open)
    }
    return this.#tracker.isRaised
  }

  /** `flow:0.83;pressure:0.12`: the columns that made 90 % of an event, most first, and the part of each. */
  causesOf({ contributions }: LoggedEvent): string {
    const sum = contributions.reduce((a, b) => a + b, 0)
    const parts = this.columns
      .map((name, c) => ({ name, part: sum > 0 ? contributions[c] / sum : 0 }))
      .sort((a, b) => b.part - a.part)
    let named = 0
    const most = parts.filter(({ part }) => {
      const isNeeded = named < MOST && part > 0
      named += part
      return isNeeded
    })
    return most.map(({ name, part }) => `${name}:${part.toFixed(2)}`).join(';')
  }
}
