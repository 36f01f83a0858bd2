import type { SessionDevice } from './session.js'

/** How far a device is from the reference. */
export interface Verification {
  /** The largest difference to the golden output, as a part of what its file says under `golden.tolerance`. */
  error: number
  /** The largest error that the file allows. */
  tolerance: number
  device: SessionDevice
}

/** The largest absolute value; NaN if there is one. */
export const largest = (values: Float32Array) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** A difference as a part of a size; nothing is a part of 0 but 0. */
export const partOf = (difference: number, size: number) => (difference === 0 ? 0 : difference / size)
