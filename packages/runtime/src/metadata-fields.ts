import { fileError } from './file-error.js'

const PREFIX = 'tempocode.'
const FORMAT = '1'

/** What a file of ours says of itself, field by field. Each one is checked: the file may come from anywhere. */
export class Fields {
  /** @throws TempocodeError `model` where the file is none of ours, or its format is unknown */
  constructor(
    private readonly pairs: Record<string, string>,
    private readonly file?: string,
  ) {
    const format = this.text('format')
    if (format !== FORMAT)
      this.fail(`metadata format ${format} is unknown; this version reads format ${FORMAT}`)
  }

  /** @throws TempocodeError `model` where the field is missing, as for the functions below */
  text(key: string): string {
    return this.pairs[PREFIX + key] ?? this.fail(`not a Tempocode file: its metadata lack ${PREFIX}${key}`)
  }

  /** @param what the field must be, for messages */
  json<T>(key: string, holds: (value: unknown) => value is T, what: string): T {
    return this.check(key, this.#parse(key), holds, what)
  }

  count(key: string): number {
    return this.json(key, isCount, 'a whole number above 0')
  }

  optional<T>(key: string, read: (key: string) => T): T | undefined {
    return PREFIX + key in this.pairs ? read(key) : undefined
  }

  check<T>(key: string, value: unknown, holds: (value: unknown) => value is T, what: string): T {
    if (holds(value)) return value
    return this.fail(
      `metadata ${PREFIX}${key} must be ${what}, and is ${JSON.stringify(value)?.slice(0, 80)}`,
    )
  }

  fail(message: string): never {
    throw fileError('model', message, this.file)
  }

  #parse(key: string): unknown {
    const text = this.text(key)
    try {
      return JSON.parse(text)
    } catch {
      return this.fail(`metadata ${PREFIX}${key} is not JSON`)
    }
  }
}

/** The key-value pairs of a format and fields; those that are undefined are left out. */
export function pairsOf(fields: Record<string, unknown>, replace: (value: unknown) => unknown) {
  const text = (value: unknown) =>
    typeof value === 'string' ? value : JSON.stringify(value, (_, part) => replace(part))
  const given = Object.entries({ format: FORMAT, ...fields }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([key, value]) => [PREFIX + key, text(value)]))
}

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0

/** Above 0 and below 1. */
export const isShare = (value: unknown): value is number => isNumber(value) && value > 0 && value < 1

export const isNumbers = (value: unknown, length: number): value is number[] =>
  Array.isArray(value) && value.length === length && value.every(isNumber)

export const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
