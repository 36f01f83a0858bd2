import type { Dimension, Shape } from './graph.js'

/** The shape of an elementwise result: lengths agree, or one of them is 1 (numpy's broadcasting). */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[i + a.length - rank] ?? 1, b[i + b.length - rank] ?? 1]
    if (m !== n && m !== 1 && n !== 1) throw mismatch('broadcast', a, b)
    return m === 1 ? n : m
  })
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, i) => length === b[i])

/** The inner lengths of a product must agree. */
export function checkInner(operator: string, a: Shape, b: Shape, inner: [Dimension, Dimension]): void {
  if (inner[0] !== inner[1]) throw mismatch(operator, a, b)
}

/** A length that must be known when the graph is written. */
export function fixed(length: Dimension): number {
  if (typeof length !== 'number')
    throw new RangeError(`length "${length}" must be known when the graph is written`)
  return length
}

export const mismatch = (operator: string, a: Shape, b: Shape) =>
  new RangeError(`${operator}: shapes [${a}] and [${b}] do not fit`)
