/** Errors in one unit. */
export interface Errors {
  /** The mean of (forecast − value)². */
  mse: number
  /** The mean of |forecast − value|. */
  mae: number
  /** The mean of upper − lower, where there are intervals. */
  width?: number
}

/** How far forecasts were from what came, over windows × steps of the horizon × targets. */
export interface ForecastMeasures {
  /** How many values were compared. */
  values: number
  /** In units of each series's own standard deviation in the training rows. */
  scaled: Errors
  /** In the data's units; where targets have different ones, only those of one target mean something. */
  raw: Errors
  /** The mean of 200 · |y − ŷ| / (|y| + |ŷ|), in percent; 0 where both are 0. */
  smape: number
  /**
   * The mean of |y − ŷ| over the mean absolute error of the seasonal-naive forecast (by one season, or by one row where
   * there is none) of the same series and target within the training rows (Hyndman & Koehler 2006). Series whose
   * training rows such a forecast meets exactly do not count; NaN where no other is left.
   */
  mase: number
  /** The part of the values that lie within their interval, its ends included; where there are intervals. */
  coverage?: number
}

/** The same values, forecast by the network and by what it has to beat. */
export interface Comparison {
  forecaster: ForecastMeasures
  /** The last value, repeated. */
  persistence: ForecastMeasures
  /** What was measured one season earlier, or as many seasons as it takes; where there is a season. */
  seasonalNaive?: ForecastMeasures
}

/** A test window: what was forecast from it, and what came. Raw units, horizon × targets. */
export interface ForecastExample {
  group?: string
  /** The first row that is forecast, in the series. */
  start: number
  actual: Float32Array
  forecast: Float32Array
  lower?: Float32Array
  upper?: Float32Array
}

/**
 * Forecasts of the test rows by the file, from every row on whose horizon lies in them; the rows that are seen may reach
 * back before the test rows. All three kinds of forecast are of the same windows.
 */
export interface ForecastEvaluation extends Comparison {
  windows: number
  targets: readonly string[]
  /** Rows. */
  season?: number
  byTarget: (Comparison & { target: string })[]
  /** Step 1 is the row after the window. */
  byStep: (Comparison & { step: number })[]
  /** Where rows are grouped: of groups that have test windows. */
  bySeries: (Comparison & { group: string; windows: number })[]
  /**
   * The twentieth of the windows, at least one, whose targets move farthest from their last value: by the mean of the
   * scaled distances over the horizon and the targets, which is `least` or more.
   */
  extremes: Comparison & { windows: number; least: number }
  /**
   * Of each of the first eight groups with test windows the last four, or fewer, whose horizons do not overlap, in the
   * order of time.
   */
  examples: ForecastExample[]
}
