/** About five whole numbers from 0 on. */
export function wholeTicks(most: number): number[] {
  const steps = Array.from({ length: 27 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3))
  const step = steps.find((step) => most / step <= 6) ?? most
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step)
}

/** Numbers on a logarithmic scale, as fine as it takes for three of them: 1 and 10, or 1, 2 and 5 of each decade. */
export function logTicks([least, most]: readonly [number, number]): number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(most)) - Math.floor(Math.log10(least)) + 1 },
    (_, i) => Math.floor(Math.log10(least)) + i,
  )
  const of = (digits: readonly number[]) =>
    decades
      .flatMap((decade) => digits.map((digit) => Number(`${digit}e${decade}`)))
      .filter((tick) => tick >= least && tick <= most)
  return (
    [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 8]].map(of).find((ticks) => ticks.length >= 3) ?? [
      least,
      most,
    ]
  )
}
