/** Whether scores are better shown on a logarithmic scale: the highest is far above the usual one. */
export function isSpread(scores: Float32Array): boolean {
  const sorted = scores.filter(Number.isFinite).sort()
  if (sorted.length === 0 || sorted[0] <= 0) return false
  return sorted[sorted.length - 1] > 12 * sorted[sorted.length >> 1]
}

/** The lowest and the highest of numbers, of which there may be a great many. */
export function extent(...parts: readonly ArrayLike<number>[]): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity]
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      if (part[i] < least) least = part[i]
      if (part[i] > most) most = part[i]
    }
  }
  return [least, most]
}
