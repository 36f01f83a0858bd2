/** Maximum likelihood estimates of a generalised Pareto distribution: P(X > x) = (1 + shape · x / scale)^(−1/shape). */
export interface GeneralizedPareto {
  shape: number
  scale: number
}

const POINTS = 100 // on each of three stretches, where signs of the likelihood's slope are looked at
const NEAREST = 1e-4 // to 0, of θ times the mean: what is nearer counts as 0
const CLOSEST = 1e-12 // to 0, of 1 + θ x
const HALVINGS = 60

/**
 * Fits a generalised Pareto distribution to excesses by Grimshaw's method (1993, Computing Maximum Likelihood Estimates
 * for the Generalized Pareto Distribution): with θ = shape / scale, the likelihood is largest for
 * shape = mean(ln(1 + θ x)), so that one number is to be found. The likelihood's slope by θ has the sign of
 * u(θ) · v(θ) − 1; where that falls through 0 there is a maximum, and the likeliest one is taken. At θ = 0 it is an
 * exponential distribution.
 * @param excesses above 0
 * @returns undefined where there is no maximum for shapes above −1: the likelihood just grows towards a distribution that
 *   ends at the largest excess
 */
export function fitGeneralizedPareto(excesses: ArrayLike<number>): GeneralizedPareto | undefined {
  const mean = Array.from(excesses).reduce((sum, x) => sum + x / excesses.length, 0)
  const x = Float64Array.from(excesses, (excess) => excess / mean)
  const least = x.reduce((a, b) => Math.min(a, b))
  const most = x.reduce((a, b) => Math.max(a, b))

  const highest = (2 * (1 - least)) / least ** 2 // Grimshaw's bound
  const end = Math.max(CLOSEST, 1 + uniformEnd(x, most) * most)
  const points = [
    ...evenly(end, 1 / 2).map((rest) => (rest - 1) / most), // dense where 1 + θ x nears 0
    ...evenly(1 / (2 * most), NEAREST).map((size) => -size),
    ...evenly(NEAREST, Math.max(highest, 2 * NEAREST)),
  ]
  const candidates = maxima(x, points).map((theta) => {
    if (theta === 0) return { shape: 0, scale: 1, likelihood: -1 }
    const shape = shapeAt(x, theta)
    return { shape, scale: shape / theta, likelihood: -Math.log(shape / theta) - shape - 1 }
  })
  if (candidates.length === 0) return undefined
  const best = candidates.reduce((a, b) => (b.likelihood > a.likelihood ? b : a))
  return { shape: best.shape, scale: best.scale * mean }
}

/** Where a shape of −1 is reached: below, there is no maximum. */
function uniformEnd(x: Float64Array, most: number): number {
  let [low, high] = [-1 / most, 0]
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (shapeAt(x, middle) < -1) low = middle
    else high = middle
  }
  return high
}

/** Numbers above 0 from one to another, each the same multiple of the one before. */
const evenly = (from: number, to: number): number[] =>
  Array.from({ length: POINTS }, (_, i) => from * (to / from) ** (i / (POINTS - 1)))

/** Where, between the points, the likelihood's slope falls through 0; 0 itself where it does so next to it. */
function maxima(x: Float64Array, points: readonly number[]): number[] {
  const slopes = points.map((theta) => slopeAt(x, theta))
  return points.flatMap((theta, i) => {
    if (i === 0 || !(slopes[i - 1] > 0 && slopes[i] <= 0)) return []
    let [low, high] = [points[i - 1], theta]
    if (low < 0 && high > 0) return [0]
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2
      if (slopeAt(x, middle) > 0) low = middle
      else high = middle
    }
    return [(low + high) / 2]
  })
}

/** mean(ln(1 + θ x)) */
function shapeAt(x: Float64Array, theta: number): number {
  let sum = 0
  for (const value of x) sum += Math.log1p(theta * value)
  return sum / x.length
}

/** u(θ) · v(θ) − 1, with u = mean(1 / (1 + θ x)) and v = 1 + shape. */
function slopeAt(x: Float64Array, theta: number): number {
  let sum = 0
  for (const value of x) sum += 1 / (1 + theta * value)
  return (sum / x.length) * (1 + shapeAt(x, theta)) - 1
}
