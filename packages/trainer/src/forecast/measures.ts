import type { Errors, ForecastMeasures } from './evaluation.js'

/** A forecast of one value, and what came; raw. */
export interface Compared {
  actual: number
  forecast: number
  lower?: number
  upper?: number
  /** The standard deviation by which the series is scaled. */
  scale: number
  /** The mean absolute error of the seasonal-naive forecast in the training rows; 0 or NaN where there is none. */
  naiveError: number
}

/** What one value adds to each sum. */
export type Terms = readonly number[]

const TERMS = 12

/** In the order in which `measures` takes their sums. */
export function termsOf({ actual, forecast, lower, upper, scale, naiveError }: Compared): Terms {
  const distance = Math.abs(forecast - actual)
  const scaled = distance / scale
  const size = Math.abs(actual) + Math.abs(forecast)
  const percent = size === 0 ? 0 : (200 * distance) / size
  const isRatio = naiveError > 0
  const ratio = isRatio ? distance / naiveError : 0
  const isInterval = lower !== undefined && upper !== undefined
  const width = isInterval ? upper - lower : 0
  const isInside = isInterval && lower <= actual && actual <= upper
  return [
    1,
    distance * distance,
    distance,
    scaled * scaled,
    scaled,
    percent,
    isRatio ? 1 : 0,
    ratio,
    isInterval ? 1 : 0,
    width,
    width / scale,
    isInside ? 1 : 0,
  ]
}

/** Sums of terms, from which measures come: values are added one by one, for there may be more than memory holds. */
export class MeasureSums {
  readonly #sums = new Float64Array(TERMS)

  add(terms: Terms): void {
    for (let i = 0; i < TERMS; i++) this.#sums[i] += terms[i]
  }

  measures(): ForecastMeasures {
    const [values, squares, distances, scaledSquares, scaledDistances, percent, ...others] = this.#sums
    const [ratioCount, ratios, intervals, widths, scaledWidths, inside] = others
    const errors = (squared: number, absolute: number, wide: number): Errors => ({
      mse: squared / values,
      mae: absolute / values,
      ...(intervals > 0 && { width: wide / intervals }),
    })
    return {
      values,
      scaled: errors(scaledSquares, scaledDistances, scaledWidths),
      raw: errors(squares, distances, widths),
      smape: percent / values,
      mase: ratios / ratioCount,
      ...(intervals > 0 && { coverage: inside / intervals }),
    }
  }
}
