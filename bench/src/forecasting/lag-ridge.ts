import { cholesky, solved } from '../cholesky.js'
import { type Errors, errorsOf, type Forecast } from './errors.js'
import { ENDS, HORIZON, originsIn } from './etth1.js'

const PENALTIES = [0, 1, 10, 30, 100, 300, 1000, 3000, 10_000]

/**
 * Ridge regression of all values of the horizon on the last hours of the same columns, learnt from the training rows;
 * the penalty is the one with the smallest squared error on the validation rows.
 * @param values scaled, rows × targets
 */
export function lagRidge(
  values: Float64Array,
  targets: number,
  hours: number,
  origins: readonly number[],
): { errors: Errors; penalty: number } {
  const learn = originsIn(hours, ENDS.train)
  const validation = originsIn(ENDS.train, ENDS.validation)
  const planes = planesOf(values, targets, hours, learn)
  const errors = PENALTIES.map(
    (penalty) => errorsOf(planes(penalty)(validation), values, targets, validation).mse,
  )
  const penalty = PENALTIES[errors.indexOf(Math.min(...errors))]
  return { errors: errorsOf(planes(penalty)(origins), values, targets, origins), penalty }
}

/** What is learnt with a penalty, and forecasts from origins. */
type Planes = (penalty: number) => (origins: readonly number[]) => Forecast

function planesOf(values: Float64Array, targets: number, hours: number, learn: readonly number[]): Planes {
  const inputs = hours * targets
  const outputs = HORIZON * targets
  const size = inputs + outputs
  const middle = new Float64Array(size) // of inputs and outputs, which lie one behind the other in the values
  for (const origin of learn) {
    const start = (origin - hours) * targets
    for (let i = 0; i < size; i++) middle[i] += values[start + i] / learn.length
  }
  const products = new Float64Array(inputs * inputs)
  const moments = Array.from({ length: outputs }, () => new Float64Array(inputs))
  const row = new Float64Array(size)
  for (const origin of learn) {
    const start = (origin - hours) * targets
    for (let i = 0; i < size; i++) row[i] = values[start + i] - middle[i]
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j <= i; j++) products[i * inputs + j] += row[i] * row[j]
    }
    for (let output = 0; output < outputs; output++) {
      const sums = moments[output]
      const due = row[inputs + output]
      for (let i = 0; i < inputs; i++) sums[i] += due * row[i]
    }
  }
  return (penalty) => {
    const matrix = products.slice()
    for (let i = 0; i < inputs; i++) matrix[i * inputs + i] += penalty
    const factor = cholesky(matrix, inputs)
    const weights = moments.map((sums) => solved(factor, sums))
    return (origins) => (window, step, target) => {
      const output = step * targets + target
      const start = (origins[window] - hours) * targets
      let sum = middle[inputs + output]
      for (let i = 0; i < inputs; i++) sum += weights[output][i] * (values[start + i] - middle[i])
      return sum
    }
  }
}
