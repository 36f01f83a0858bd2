const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The number that a text is, in decimal digits; undefined where it is none. */
export const numberOf = (text: string): number | undefined => (NUMBER.test(text) ? Number(text) : undefined)
