import type { ForecasterMetadata } from '../metadata.js'
import type { SessionDevice } from '../session.js'
import { largest, partOf, type Verification } from '../verification.js'

/** Compares what a device made of the golden windows with what the reference did. */
export function verifyForecast(
  metadata: ForecasterMetadata,
  given: Record<string, Float32Array>,
  device: SessionDevice,
): Verification {
  const { golden, targets, columns, scale } = metadata
  const errors = Object.entries(golden.outputs).flatMap(([name, { data: due, shape }]) => {
    const [n, horizon] = shape
    return Array.from({ length: n }, (_, w) =>
      targets.map((_, target) => {
        const [received, expected] = [given[name], due].map((values) =>
          Float32Array.from(
            { length: horizon },
            (_, step) => values[(w * horizon + step) * targets.length + target],
          ),
        )
        const difference = largest(received.map((value, i) => value - expected[i]))
        const own = scale[(golden.group?.[w] ?? 0) * columns.length + target]
        return partOf(difference, Math.max(own, largest(expected)))
      }),
    ).flat()
  })
  const error = errors.reduce((a, b) => Math.max(a, b)) // NaN stays NaN
  return { error, tolerance: golden.tolerance, device }
}
