import type { ForecasterMetadata } from '../metadata.js'
import type { SessionDevice } from '../session.js'
import { errorOf, largestError, type Verification } from '../verification.js'

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
        return errorOf(received, expected, scale[(golden.group?.[w] ?? 0) * columns.length + target])
      }),
    ).flat()
  })
  return { error: largestError(errors), tolerance: golden.tolerance, device }
}
