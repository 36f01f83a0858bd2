import type { SessionDevice } from './session.js'

/** How far a device is from the reference. */
export interface Verification {
  /** The largest difference to the golden output, as a part of what its file says under `golden.tolerance`. */
  error: number
  /** The largest error that the file allows. */
  tolerance: number
  device: SessionDevice
}

/**
 * The largest difference of numbers to those that are due, as a part of the largest of these, or of `least` where that is
 * larger; nothing is a part of 0 but 0. NaN if a number is.
 */
export function errorOf(given: Float32Array, due: Float32Array, least = 0): number {
  const difference = largest(given.map((value, i) => value - due[i]))
  return difference === 0 ? 0 : difference / Math.max(least, largest(due))
}

/** The largest error; NaN if there is one. */
export const largestError = (errors: readonly number[]) => errors.reduce((a, b) => Math.max(a, b))

const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
