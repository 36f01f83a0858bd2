/** Lengths in seconds, and where each cycle begins: the day at 0:00 UTC, the week on Monday, the year on 1970's 1 January. */
const SPANS = {
  day: { length: 86_400, start: 0 },
  week: { length: 7 * 86_400, start: 4 * 86_400 }, // 1970 began on a Thursday
  year: { length: 365.25 * 86_400, start: 0 },
} as const

/** What comes back in the calendar. */
export type Cycle = keyof typeof SPANS

export const CYCLES = Object.keys(SPANS) as readonly Cycle[]

export const isCycle = (value: unknown): value is Cycle => (CYCLES as readonly unknown[]).includes(value)

/** The names of the two columns of each cycle: `day_sin`, `day_cos`, … */
export const cycleNames = (cycles: readonly Cycle[]): string[] =>
  cycles.flatMap((cycle) => [`${cycle}_sin`, `${cycle}_cos`])

/**
 * Where a time stands in each cycle, as a point on a circle: sin and cos of 2π · (the part of the cycle that is over).
 * @param seconds since 1970, UTC
 * @returns two numbers for each cycle, in the order of `cycleNames`
 */
export function cycleColumns(seconds: number, cycles: readonly Cycle[]): number[] {
  return cycles.flatMap((cycle) => {
    const { length, start } = SPANS[cycle]
    const angle = (2 * Math.PI * (seconds - start)) / length
    return [Math.sin(angle), Math.cos(angle)]
  })
}
