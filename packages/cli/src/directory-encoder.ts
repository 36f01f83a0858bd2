import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import { type InspectedMetadata, inspectModel } from '@tempocode/runtime'

/** The encoder.onnx of a directory that `train` wrote. */
export interface DirectoryEncoder {
  metadata: Extract<InspectedMetadata, { kind: 'encoder' }>
  /** The file's SHA-256. */
  digest: string
}

/**
 * @returns undefined where there is none
 * @throws TempocodeError `file` where it cannot be read, `model` where it is no encoder
 */
export async function directoryEncoder(directory: string): Promise<DirectoryEncoder | undefined> {
  const file = join(directory, 'encoder.onnx')
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new TempocodeError('file', `cannot read ${file}: ${cause.message}`, { file }, { cause })
  })
  if (bytes === undefined) return undefined
  const { tempocode: metadata } = inspectModel(bytes, file)
  if (metadata?.kind === 'encoder')
    return { metadata, digest: createHash('sha256').update(bytes).digest('hex') }
  const message = `${file}: its kind is ${metadata?.kind ?? 'unknown'}, not encoder`
  throw new TempocodeError('model', message, { file })
}
