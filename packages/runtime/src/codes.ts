import { Random } from '@tempocode/core'

/** The training windows' features as a Gaussian. */
export interface CodeDistribution {
  /** How many training windows it was computed from. */
  windows: number
  /** One number for each feature. */
  mean: Float32Array
  /** The lower triangular L of the covariance L · Lᵀ, row by row: one number, two numbers, … */
  factor: Float32Array
}

/** Draws codes mean + L z, z normal: `count` of them, back to back. The same seed gives the same ones everywhere. */
export function sampleCodes({ mean, factor }: CodeDistribution, count: number, seed: number): Float32Array {
  const random = new Random(seed, 'codes')
  const codes = new Float32Array(count * mean.length)
  for (let n = 0; n < count; n++) {
    const z = Float64Array.from(mean, () => random.normal())
    let next = 0
    mean.forEach((center, i) => {
      let sum = center
      for (let j = 0; j <= i; j++) sum += factor[next++] * z[j]
      codes[n * mean.length + i] = sum
    })
  }
  return codes
}
