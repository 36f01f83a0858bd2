import { TempocodeError } from '@tempocode/core'
import { listed, MISSING_VALUES } from '@tempocode/trainer/node'
import Papa from 'papaparse'
import { numberOf } from './number.js'
import { type Line, textLines } from './text-lines.js'

const DELIMITERS = ['\t', ';', '|', ',']
const NAME = 'standard input'

export interface StreamRowsOptions {
  /** The columns that make a row, in this order. */
  columns: readonly string[]
  /** The column that tells which rows belong together. */
  groupBy?: string
  /** The column that tells rows apart; its text is handed on as it is. */
  time?: string
  /** What to do about missing values. */
  missing: 'error' | 'drop'
}

/** A row of a stream. */
export interface StreamRow {
  /** Its number, from 1. */
  row: number
  group?: string
  time?: string
  /** A number for each column; undefined where one is missing, and may be. */
  values?: Float32Array
}

/**
 * Reads rows of CSV while they come. The first line names the columns; its delimiter, of tab, `;`, `|` and `,`, is that of
 * all lines. A row is a line, and is given as soon as the line's end is there. Blank lines are skipped. Decimals may have
 * a comma where that is not the delimiter, but then all have one. What stands for a missing value is as for files.
 *
 * Resolves when the first line is read.
 * @throws TempocodeError `data` where the first line lacks a column; and while rows are read, where a line has not as
 *   many fields as the first one, or a value is missing, no number, or none of 32 bits; with line and column
 */
export async function streamRows(
  input: AsyncIterable<Uint8Array>,
  options: StreamRowsOptions,
): Promise<AsyncGenerator<StreamRow, void, undefined>> {
  const lines = filled(textLines(input, NAME))
  const first = await lines.next()
  if (first.done) throw new TempocodeError('data', `${NAME} is empty; its first line must name the columns`)
  const header = new Header(first.value, options)
  async function* rows(): AsyncGenerator<StreamRow, void, undefined> {
    let row = 0
    for await (const line of lines) yield { row: ++row, ...header.read(line) }
  }
  return rows()
}

async function* filled(lines: AsyncIterable<Line>): AsyncGenerator<Line, void, undefined> {
  for await (const line of lines) if (line.text.trim() !== '') yield line
}

/** The first line, which tells where in the others a row's values stand. */
class Header {
  readonly #delimiter: string
  readonly #fields: number
  readonly #columns: readonly { name: string; at: number }[]
  readonly #keys: readonly { key: 'group' | 'time'; name: string; at: number }[]
  readonly #mayMiss: boolean
  /** What decimals have, once it is known. */
  #point: '.' | ',' | undefined

  constructor(line: Line, { columns, groupBy, time, missing }: StreamRowsOptions) {
    const { data, meta } = Papa.parse<string[]>(line.text, { delimitersToGuess: DELIMITERS })
    const names = data[0].map((name) => name.trim())
    const find = (name: string) => {
      const at = names.indexOf(name)
      if (at < 0) throw wrong(line, `there is no column "${name}"; there are ${listed(names)}`, name)
      if (names.lastIndexOf(name) > at) throw wrong(line, `column "${name}" is there twice`, name)
      return { name, at }
    }
    this.#delimiter = meta.delimiter
    this.#fields = names.length
    this.#columns = columns.map(find)
    this.#keys = [
      ...(groupBy === undefined ? [] : [{ key: 'group' as const, ...find(groupBy) }]),
      ...(time === undefined ? [] : [{ key: 'time' as const, ...find(time) }]),
    ]
    this.#mayMiss = missing === 'drop'
  }

  read(line: Line): Omit<StreamRow, 'row'> {
    const fields = this.#split(line)
    const keys: Pick<StreamRow, 'group' | 'time'> = {}
    for (const { key, name, at } of this.#keys) {
      if (MISSING_VALUES.includes(fields[at])) throw wrong(line, `column "${name}": a value is missing`, name)
      keys[key] = fields[at]
    }
    const values = Float32Array.from(this.#columns, ({ name, at }) => this.#number(fields[at], name, line))
    const gap = values.findIndex(Number.isNaN)
    if (gap < 0) return { ...keys, values }
    if (this.#mayMiss) return keys
    const { name } = this.#columns[gap]
    throw wrong(line, `column "${name}": a value is missing; use --missing drop to leave such rows out`, name)
  }

  #split(line: Line): string[] {
    const { data, errors } = Papa.parse<string[]>(line.text, { delimiter: this.#delimiter })
    if (errors.length > 0) throw wrong(line, 'quotes are out of place, or not closed in the line')
    const fields = data[0].map((field) => field.trim())
    if (fields.length === this.#fields) return fields
    const values = fields.length === 1 ? '1 value' : `${fields.length} values`
    throw wrong(line, `${values} where the first line has ${this.#fields}`)
  }

  /** NaN where the value is missing. */
  #number(field: string, column: string, line: Line): number {
    if (MISSING_VALUES.includes(field) || /^nan$/i.test(field)) return Number.NaN
    const value = numberOf(this.#withPoint(field))
    if (value === undefined)
      throw wrong(line, `"${field.slice(0, 80)}" in column "${column}" is not a number`, column)
    if (Number.isFinite(Math.fround(value))) return value
    throw wrong(
      line,
      `${field} in column "${column}" is not allowed; values must be finite 32-bit numbers`,
      column,
    )
  }

  /** The first fraction of the stream decides whether it has a point or a comma. */
  #withPoint(field: string): string {
    if (this.#delimiter === ',') return field
    this.#point ??= /[.,]/.exec(field)?.[0] as '.' | ',' | undefined
    return this.#point === ',' ? field.replace('.', '?').replace(',', '.') : field
  }
}

const wrong = ({ line }: Line, what: string, column?: string) =>
  new TempocodeError('data', `${NAME}, line ${line}: ${what}`, { line, column })
