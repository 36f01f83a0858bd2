import type { DetectorMetadata } from '../metadata-detector.js'
import type { SessionDevice } from '../session.js'
import { largest, partOf, type Verification } from '../verification.js'

/** Compares what a device made of the golden windows with what the reference did. */
export function verifyDetection(
  { golden, heads, features, scaler }: DetectorMetadata,
  given: Record<string, Float32Array>,
  device: SessionDevice,
): Verification {
  const columns = scaler.scale.length
  const errorOf = (name: string, isPart: (i: number) => boolean, least: number) => {
    const [received, due] = [given[name], golden.outputs[name].data].map((values) =>
      values.filter((_, i) => isPart(i)),
    )
    const difference = largest(received.map((value, i) => value - due[i]))
    return partOf(difference, Math.max(least, largest(due)))
  }
  const ofRows = heads.flatMap(({ name }) =>
    scaler.scale.map((scale, column) => errorOf(name, (i) => i % columns === column, Math.abs(scale))),
  )
  const others = ['errors', ...(features ? ['features'] : []), 'score'].map((name) =>
    errorOf(name, () => true, 0),
  )
  const error = [...ofRows, ...others].reduce((a, b) => Math.max(a, b)) // NaN stays NaN
  return { error, tolerance: golden.tolerance, device }
}
