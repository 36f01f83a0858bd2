import { Random } from '@tempocode/core'
import { cholesky, solved } from '../cholesky.js'

/** What tells classes apart: n rows of `size` numbers each, and the class of each row. */
export interface Labelled {
  values: ArrayLike<number>
  size: number
  classes: ArrayLike<number>
}

const PENALTIES = [1e-3, 1e-2, 1e-1, 1, 10, 100, 1e3, 1e4]
const FOLDS = 5

/**
 * Ridge regression of ±1 for each class, on columns standardised by the training rows; a row's class is the one with the
 * largest value. Its penalty is the one that tells most of the training rows in five-fold cross-validation, whose folds
 * are drawn by seed 0 and have as many rows of each class; the smallest of those that are equally good.
 * @returns the part of the test rows whose class it tells, and the penalty
 */
export function ridgeClassifier(train: Labelled, test: Labelled): { accuracy: number; penalty: number } {
  const folds = foldsOf(train.classes)
  const told = PENALTIES.map((penalty) =>
    folds.reduce((sum, fold) => {
      const others = folds.filter((other) => other !== fold).flat()
      return sum + countTold(chosen(train, others), chosen(train, fold), penalty)
    }, 0),
  )
  const penalty = PENALTIES[told.indexOf(Math.max(...told))]
  return { accuracy: countTold(train, test, penalty) / test.classes.length, penalty }
}

/** Rows in a random order, dealt out class by class. */
function foldsOf(classes: ArrayLike<number>): number[][] {
  const order = new Random(0, 'folds').shuffle(Int32Array.from({ length: classes.length }, (_, i) => i))
  const dealt = [...order].sort((a, b) => classes[a] - classes[b])
  return Array.from({ length: FOLDS }, (_, fold) => dealt.filter((_, i) => i % FOLDS === fold))
}

const chosen = ({ values, size, classes }: Labelled, rows: number[]): Labelled => ({
  values: Float64Array.from(
    { length: rows.length * size },
    (_, i) => values[rows[Math.floor(i / size)] * size + (i % size)],
  ),
  size,
  classes: rows.map((row) => classes[row]),
})

/** How many of the test rows are told. */
function countTold(train: Labelled, test: Labelled, penalty: number): number {
  const { size } = train
  const scaled = standardised(train, train)
  const products = new Float64Array(size * size)
  for (let i = 0; i < size; i++) products[i * size + i] = penalty
  for (let start = 0; start < scaled.length; start += size) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) products[i * size + j] += scaled[start + i] * scaled[start + j]
    }
  }
  const factor = cholesky(products, size)
  const names = [...new Set(Array.from(train.classes))]
  const planes = names.map((name) => {
    const targets = Array.from(train.classes, (other) => (other === name ? 1 : -1))
    const offset = targets.reduce((sum, target) => sum + target, 0) / targets.length
    const moments = new Float64Array(size)
    targets.forEach((target, row) => {
      for (let i = 0; i < size; i++) moments[i] += scaled[row * size + i] * (target - offset)
    })
    return { offset, weights: solved(factor, moments) }
  })
  const rows = standardised(test, train)
  let told = 0
  for (let row = 0; row < test.classes.length; row++) {
    const heights = planes.map(({ offset, weights }) =>
      weights.reduce((sum, weight, i) => sum + weight * rows[row * size + i], offset),
    )
    if (names[heights.indexOf(Math.max(...heights))] === test.classes[row]) told++
  }
  return told
}

/** Each column less its mean and divided by its deviation in the training rows; a constant one is 0. */
function standardised({ values, size }: Labelled, train: Labelled): Float64Array {
  const count = train.classes.length
  const mean = new Float64Array(size)
  const squares = new Float64Array(size)
  for (let i = 0; i < count * size; i++) mean[i % size] += train.values[i] / count
  for (let i = 0; i < count * size; i++) squares[i % size] += (train.values[i] - mean[i % size]) ** 2 / count
  const scale = squares.map((square) => (square > 0 ? 1 / Math.sqrt(square) : 0))
  return Float64Array.from(values, (value, i) => (value - mean[i % size]) * scale[i % size])
}
