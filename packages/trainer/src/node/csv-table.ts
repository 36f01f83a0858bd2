import { open } from 'node:fs/promises'
import { quoteField } from './csv-line.js'
import { LONGEST_FLOAT, writeFloat32 } from './format-float.js'
import type { KeyColumn, KeyValues, TableFormat } from './table.js'

const CHUNK = 2 ** 20 // bytes that are written at once
const [COMMA, NEWLINE] = [44, 10]

/** Comma-separated, with a header; numbers in the fewest digits that give them back, and nothing for NaN. */
export const csvTable: TableFormat = async (path, keys, names) => {
  const file = await open(path, 'wx')
  const text = new TextEncoder()
  let closed = false
  await file.appendFile(`${[...keys.map(({ name }) => name), ...names].map(quoteField).join(',')}\n`)
  let bytes = new Uint8Array(CHUNK)
  let used = 0
  const write = async () => {
    await file.appendFile(bytes.subarray(0, used))
    used = 0
  }
  return {
    async append(keyValues, values) {
      const width = names.length
      for (let row = 0; row * width < values.length; row++) {
        const key = text.encode(
          keys.map(({ kind }, index) => `${formatKey(kind, keyValues[index], row)},`).join(''),
        )
        const room = key.length + width * (LONGEST_FLOAT + 1)
        if (used + room > bytes.length) await write()
        if (room > bytes.length) bytes = new Uint8Array(room)
        bytes.set(key, used)
        used += key.length
        for (let i = row * width; i < (row + 1) * width; i++) {
          if (!Number.isNaN(values[i])) used = writeFloat32(values[i], bytes, used)
          bytes[used++] = COMMA
        }
        bytes[used - 1] = NEWLINE
      }
    },
    finish: write,
    async release() {
      if (!closed) await file.close()
      closed = true
    },
  }
}

function formatKey(kind: KeyColumn['kind'], values: KeyValues, row: number): string {
  return kind === 'timestamp' ? formatTimestamp(values[row] as bigint) : quoteField(String(values[row]))
}

/** `2010-01-31 23:59:00`, with a fraction if there is one. */
function formatTimestamp(microseconds: bigint): string {
  const fraction = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((microseconds - fraction) / 1000n))
    .toISOString()
    .slice(0, -5)
    .replace('T', ' ')
  if (fraction === 0n) return seconds
  return `${seconds}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`
}
