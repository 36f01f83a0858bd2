/**
 * How much an interval must be widened (or, below 0, may be narrowed) on either side, so that it holds a part `coverage`
 * of the values to come, if they are like these: conformalized quantile regression (Romano, Patterson & Candès 2019).
 * @param outside of each of n values: max(lower − value, value − upper); is sorted in place
 * @returns the ⌈(n + 1) · coverage⌉-th smallest of them; the largest where there are fewer
 */
export const conformalMargin = (outside: Float64Array, coverage: number): number =>
  outside.sort()[Math.min(rankOf(outside.length, coverage), outside.length) - 1]

/** Whether n values are too few to tell: the interval then holds less than it should. */
export const areTooFew = (n: number, coverage: number): boolean => rankOf(n, coverage) > n

// 1e-9: what is a whole number stays it where 64-bit products lie above
const rankOf = (n: number, coverage: number) => Math.ceil((n + 1) * coverage - 1e-9)
