import { TempocodeError } from '@tempocode/core'
import { kindOf } from './options.js'

/** A file: its path (Node alone) or URL, or its bytes. */
export type Source = string | URL | Uint8Array | ArrayBuffer

/**
 * Gets a file's bytes; those handed in are not copied.
 * @param read reads a path or a URL
 * @throws TempocodeError `file` if it cannot be read or is empty, `option` if the source is none
 */
export async function readSource(
  source: Source,
  read: (location: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = await open(source, read)
  if (bytes.length > 0) return bytes
  const file = nameOf(source)
  throw new TempocodeError('file', `${file ?? 'the file'} is empty`, { file })
}

async function open(source: Source, read: (location: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source
  if (source instanceof ArrayBuffer) return new Uint8Array(source)
  const file = nameOf(source)
  if (file === undefined) {
    throw new TempocodeError(
      'option',
      `source is ${kindOf(source)}; use a path, URL, Uint8Array or ArrayBuffer`,
    )
  }
  try {
    return await read(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TempocodeError('file', `${file} cannot be read: ${reason}`, { file }, { cause })
  }
}

/** The path or URL, for messages. */
export const nameOf = (source: Source): string | undefined =>
  typeof source === 'string' || source instanceof URL ? String(source) : undefined

/** Reads a URL through `fetch`. */
export async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`.trim())
  return new Uint8Array(await response.arrayBuffer())
}
