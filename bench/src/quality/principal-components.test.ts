import { expect, test } from 'vitest'
import { principalComponents } from './principal-components.js'

/** Points about (1, 2, 3) in the plane that is at right angles to (1, −1, 0), most spread along the last axis. */
const plane = Float32Array.from(
  [
    [1, 0],
    [-1, 0],
    [0, 3],
    [0, -3],
  ].flatMap(([a, b]) => [1 + a, 2 + a, 3 + b]),
)

test('what lies in the plane of the components leaves nothing, and what stands on it its height', () => {
  const residualsOf = principalComponents(plane, 3, 2)
  expect(Math.max(...residualsOf(plane).squared)).toBeLessThan(1e-10)
  const { squared, absolute } = residualsOf(Float32Array.of(1 + 2, 2 - 2, 3))
  expect(squared[0]).toBeCloseTo((2 * 2 + 2 * 2) / 3, 4)
  expect(absolute[0]).toBeCloseTo((2 + 2) / 3, 4)
})

test('one component takes the direction in which points spread most', () => {
  const { squared } = principalComponents(plane, 3, 1)(Float32Array.of(1, 2, 103, 2, 3, 3))
  expect(squared[0]).toBeCloseTo(0, 6)
  expect(squared[1]).toBeCloseTo(2 / 3, 6)
})
