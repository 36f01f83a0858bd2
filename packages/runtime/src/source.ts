import { TempocodeError } from '@tempocode/core'
import { kindOf } from './options.js'
import type { Watch } from './progress.js'

/** A file: its path (Node alone) or URL, or its bytes. */
export type Source = string | URL | Uint8Array | ArrayBuffer

/** Reads a path or a URL. */
export type Read = (location: string, watch: Watch) => Promise<Uint8Array>

/**
 * Gets a file's bytes; those handed in are not copied.
 * @param read reads a path or a URL
 * @throws TempocodeError `file` if it cannot be read or is empty, `option` if the source is none; the signal's reason
 */
export async function readSource(source: Source, read: Read, watch: Watch = {}): Promise<Uint8Array> {
  watch.signal?.throwIfAborted()
  const bytes = await open(source, read, watch)
  if (bytes.length > 0) return bytes
  const file = nameOf(source)
  throw new TempocodeError('file', `${file ?? 'the file'} is empty`, { file })
}

async function open(source: Source, read: Read, watch: Watch): Promise<Uint8Array> {
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
    return await read(file, watch)
  } catch (cause) {
    watch.signal?.throwIfAborted()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TempocodeError('file', `${file} cannot be read: ${reason}`, { file }, { cause })
  }
}

/** The path or URL, for messages. */
export const nameOf = (source: Source): string | undefined =>
  typeof source === 'string' || source instanceof URL ? String(source) : undefined

/** Reads a URL through `fetch`. */
export async function fetchBytes(url: string, { signal, onProgress }: Watch): Promise<Uint8Array> {
  onProgress?.({ status: 'download', url })
  const response = await fetch(url, { signal })
  const { ok, status, statusText, headers, body } = response
  if (!ok) throw new Error(`HTTP ${status} ${statusText}`.trim())
  if (!onProgress || !body) return new Uint8Array(await response.arrayBuffer())
  const length = headers.get('content-encoding') ? null : headers.get('content-length') // of what was compressed
  const total = length === null ? undefined : Number(length)
  let loaded = 0
  const watched = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(part, parts) {
      loaded += part.length
      onProgress({ status: 'progress', loaded, total })
      parts.enqueue(part)
    },
  })
  return new Uint8Array(await new Response(body.pipeThrough(watched)).arrayBuffer())
}
