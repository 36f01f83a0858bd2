import { LONGEST_FLOAT, writeFloat32 } from './format-float.js'

const bytes = new Uint8Array(LONGEST_FLOAT)
const text = new TextDecoder()

/** A line of a CSV table: texts, then 32-bit floats in the fewest digits that give them back, and nothing for NaN. */
export function csvLine(texts: readonly string[], values: Float32Array = new Float32Array(0)): string {
  const numbers = Array.from(values, (value) =>
    Number.isNaN(value) ? '' : text.decode(bytes.subarray(0, writeFloat32(value, bytes, 0))),
  )
  return `${[...texts.map(quoteField), ...numbers].join(',')}\n`
}

/** A text as a field, in quotes where it needs them. */
export const quoteField = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
