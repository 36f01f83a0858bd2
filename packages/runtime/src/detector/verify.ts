import { headErrors } from '../heads.js'
import type { DetectorMetadata } from '../metadata-detector.js'
import type { SessionDevice } from '../session.js'
import { errorOf, largestError, type Verification } from '../verification.js'

/** Compares what a device made of the golden windows with what the reference did. */
export function verifyDetection(
  { golden, heads, features, scaler }: DetectorMetadata,
  given: Record<string, Float32Array>,
  device: SessionDevice,
): Verification {
  const { outputs, tolerance } = golden
  const others = ['errors', ...(features ? ['features'] : []), 'score']
  const error = largestError([
    ...headErrors(heads, scaler.scale, given, outputs),
    ...others.map((name) => errorOf(given[name], outputs[name].data)),
  ])
  return { error, tolerance, device }
}
