import { ChunkedSession, windowsPerRun } from '../chunked-session.js'
import type { ForecasterMetadata } from '../metadata.js'
import { forecasterOutputs, inputWidth } from '../metadata-forecaster.js'
import { checkKeys, checkSignal } from '../options.js'
import type { Session, SessionDevice } from '../session.js'
import type { Verification } from '../verification.js'
import { flattenRows, type Rows } from '../windows.js'
import type { Cycle } from './cycles.js'
import { endTimes, feedsOf, groupNumbers, rowsOf, type Time } from './forecaster-inputs.js'
import { verifyForecast } from './verify.js'

export interface ForecastOptions {
  /**
   * The time of each window's last row: a Date, or seconds since 1970, UTC; a list where there are several windows. Needed
   * where the forecaster has cycles, and else not looked at.
   */
  end?: Time | readonly Time[]
  /** The group of all windows, or of each one. Needed where the forecaster knows several. */
  group?: string | readonly string[]
  /** Ends it: it rejects with the signal's reason, and windows whose turn has not come are not run. */
  signal?: AbortSignal
}

/** What follows n windows, raw values back to back. */
export interface Forecast {
  forecast: Float32Array
  /** The bounds of the interval, which holds a part `coverage` of the values; where the forecaster has one. */
  lower?: Float32Array
  upper?: Float32Array
  /** Of each of them: [n, horizon, targets]. */
  shape: [number, number, number]
}

/**
 * A loaded forecaster: raw windows in; the targets of the `horizon` rows after each of them out, in raw units.
 *
 * A window with NaN or infinity in it is not refused: its forecast is NaN, all others are not touched by it. However
 * many windows there are, they run 512 at most at a time, so that the memory in use stays bounded.
 */
export class Forecaster {
  readonly #session: ChunkedSession

  /** @internal */
  constructor(
    session: Session,
    /** What the file says of itself. */
    readonly metadata: ForecasterMetadata,
  ) {
    const perRun = windowsPerRun(this.window * inputWidth(metadata))
    this.#session = new ChunkedSession(session, 'forecaster', perRun, forecasterOutputs(metadata))
  }

  /** The device that runs the file. */
  get device(): SessionDevice {
    return this.#session.device
  }

  /** Rows that a forecast needs. */
  get window(): number {
    return this.metadata.window
  }

  /** Rows that are forecast. */
  get horizon(): number {
    return this.metadata.horizon
  }

  /** Names of the columns, in the order in which a row has them: the targets first, those known ahead last. */
  get columns(): readonly string[] {
    return this.metadata.columns
  }

  /** Names of the columns that are forecast. */
  get targets(): readonly string[] {
    return this.metadata.targets
  }

  /** Names of the columns known ahead: in row t of a window stands the value of row t + horizon. */
  get known(): readonly string[] {
    return this.metadata.known ?? []
  }

  /** Cycles of the calendar that it reckons with; where there are some, it needs the windows' times. */
  get cycles(): readonly Cycle[] {
    return this.metadata.cycles ?? []
  }

  /** Names of the groups that it knows; none where it was trained on one series. */
  get groups(): readonly string[] {
    return this.metadata.groups ?? []
  }

  /** The part of the values that its interval should hold; undefined where it gives none. */
  get coverage(): number | undefined {
    return this.metadata.coverage
  }

  /**
   * Forecasts what follows n windows.
   * @param rows n windows of raw rows, back to back, as an encoder takes them, of `columns`. They must not change until
   *   the forecast is there.
   * @throws TempocodeError `data` if rows, times or groups are missing, too many or not as they must be, `option` for
   *   options; the signal's reason
   */
  async forecast(rows: Rows, options: ForecastOptions = {}): Promise<Forecast> {
    checkKeys(options, ['end', 'group', 'signal'])
    checkSignal(options.signal)
    const { metadata } = this
    const values = flattenRows(rows, this.window, this.columns)
    const n = values.length / (this.window * this.columns.length)
    const ends = endTimes(options.end, n, metadata)
    const group = groupNumbers(options.group, n, metadata)
    const { forecast, lower, upper } = await this.#session.run(
      n,
      feedsOf(metadata, rowsOf(metadata, values, ends), group),
      options.signal,
    )
    return { forecast, ...(lower && { lower, upper }), shape: [n, this.horizon, this.targets.length] }
  }

  /** Runs the file's golden windows on this device, the proof that it computes what the reference did. */
  async verify(): Promise<Verification> {
    const { input, group } = this.metadata.golden
    const size = this.window * inputWidth(this.metadata)
    const windows = (first: number, end: number) => input.data.subarray(first * size, end * size)
    const feeds = feedsOf(this.metadata, windows, group && Int32Array.from(group))
    return verifyForecast(this.metadata, await this.#session.run(input.shape[0], feeds), this.device)
  }

  /** Frees the native memory once the runs under way are done; later calls reject. */
  dispose(): Promise<void> {
    return this.#session.dispose()
  }
}
