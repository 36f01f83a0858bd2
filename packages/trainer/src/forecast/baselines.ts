/** One column of a series. */
export type Column = (row: number) => number

/** The last value before a row, which is the forecast of all steps from there on. */
export const persistence = (column: Column, origin: number): number => column(origin - 1)

/**
 * What was measured whole seasons earlier: as few as lead to a row before the origin.
 * @param origin the first row that is forecast
 * @param step rows after it, from 0
 * @param season rows
 */
export const seasonalNaive = (column: Column, origin: number, step: number, season: number): number =>
  column(origin + step - season * (Math.floor(step / season) + 1))
