/** What values an option may have. */
export interface Rule {
  /** In words: `use …`. */
  allowed: string
  holds: (value: unknown) => boolean
}

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)

export const count: Rule = {
  allowed: 'a whole number above 0',
  holds: (value) => Number.isSafeInteger(value) && Number(value) > 0,
}

export const wholeNumber: Rule = { allowed: 'a whole number', holds: Number.isSafeInteger }

export const fraction: Rule = {
  allowed: '0 to below 1',
  holds: (value) => isNumber(value) && value >= 0 && value < 1,
}

export function oneOf(...names: string[]): Rule {
  return { allowed: names.join(' or '), holds: (value) => names.includes(value as string) }
}
