import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { TempocodeError } from '@tempocode/core'

/** How a text file lays out its table. */
export interface CsvDialect {
  delimiter: string
  header: boolean
  /** Names of the columns; `column0`, `column1`, … where the file gives none. */
  columns: string[]
  decimalComma: boolean
}

const SAMPLE = 2 ** 20 // bytes
const DELIMITERS = ['\t', ';', '|', ',']
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/

/**
 * Finds a text file's layout from its beginning. DuckDB could guess it too, but given a ragged row it guesses another
 * delimiter or skips the lines before it; with the layout fixed it refuses such rows.
 *
 * - The delimiter is the one of tab, `;`, `|` and `,` that comes as often in most of the first lines as in the very first.
 * - The first line is the header unless one of its fields is a number or a date.
 * - Decimals have a comma where the delimiter is another character and fields such as `1,5` are found, none as `1.5`.
 * - Fields are quoted by `"`, if at all.
 *
 * @throws TempocodeError `file` where the file is empty or not UTF-8 text, `data` where two columns have one name
 */
export async function csvDialect(path: string): Promise<CsvDialect> {
  const lines = linesOf(await sampleOf(path), path)
  const delimiter = delimiterOf(lines)
  const first = splitLine(lines[0], delimiter)
  const header = !first.some((field) => NUMBER.test(field) || DATE.test(field))
  const columns = first.map((field, index) => (header && field !== '' ? field : `column${index}`))
  checkNames(columns, path)
  return { delimiter, header, columns, decimalComma: delimiter !== ',' && hasDecimalComma(lines, delimiter) }
}

async function sampleOf(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= SAMPLE) return
    }
  }
  try {
    const file: Readable = createReadStream(path)
    if (path.toLowerCase().endsWith('.gz')) await pipeline(file, createGunzip(), collect)
    else await collect(file)
  } catch (cause) {
    // a reader that has enough closes the pipeline early, which is no failure
    if (size < SAMPLE) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new TempocodeError('file', `cannot read ${path}: ${reason}`, { file: path }, { cause })
    }
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** The sample's whole lines that are not blank, without byte order mark. */
function linesOf(sample: Uint8Array, path: string): string[] {
  const refuse = (reason: string) => new TempocodeError('file', `${path} ${reason}`, { file: path })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
  } catch {
    throw refuse('is not UTF-8 text')
  }
  if (text.includes('\0')) throw refuse('is not text: it contains NUL characters')
  const lines = text.split(/\r\n|\n|\r/)
  if (sample.length >= SAMPLE && lines.length > 1) lines.pop()
  const filled = lines.filter((line) => line.trim() !== '')
  if (filled.length === 0) throw refuse('is empty')
  return filled
}

function delimiterOf(lines: readonly string[]): string {
  const head = lines.slice(0, 100)
  const counts = DELIMITERS.map((delimiter) => {
    const fields = splitLine(head[0], delimiter).length
    const alike = head.filter((line) => splitLine(line, delimiter).length === fields).length
    return { delimiter, alike: fields > 1 ? alike : 0 }
  })
  const best = counts.reduce((a, b) => (b.alike > a.alike ? b : a))
  return best.alike > 0 ? best.delimiter : ','
}

function hasDecimalComma(lines: readonly string[], delimiter: string): boolean {
  const numbers = lines.flatMap((line) => splitLine(line, delimiter)).filter((field) => NUMBER.test(field))
  return numbers.some((number) => number.includes(',')) && !numbers.some((number) => number.includes('.'))
}

/** The fields of a line; within quotes the delimiter is text, and `""` a quote. */
function splitLine(line: string, delimiter: string): string[] {
  const fields = ['']
  let quoted = false
  for (const char of line) {
    if (char === '"') quoted = !quoted
    if (char === delimiter && !quoted) fields.push('')
    else fields[fields.length - 1] += char
  }
  return fields.map((field) =>
    field
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  )
}

function checkNames(columns: readonly string[], path: string): void {
  const names = columns.map((name) => name.toLowerCase())
  const twice = columns.find((_, index) => names.indexOf(names[index]) < index)
  if (twice === undefined) return
  const message = `${path}, line 1: column "${twice}" is there twice (upper and lower case count as one)`
  throw new TempocodeError('data', message, { file: path, line: 1, column: twice })
}
