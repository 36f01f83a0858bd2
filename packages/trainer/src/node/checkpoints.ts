import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import type { Checkpoint } from '../fit/checkpoint.js'
import { decodeCheckpoint, encodeCheckpoint } from '../fit/checkpoint-file.js'
import { cannotWrite, writeFileAtomic } from './atomic.js'

const pathIn = (directory: string) => join(directory, 'train', 'checkpoint')

/**
 * Writes `train/checkpoint` in a run's directory, which is created if missing; after a crash the old one or the new one
 * is there, whole.
 * @throws TempocodeError `file` where it cannot be written
 */
export async function saveCheckpoint(checkpoint: Checkpoint, directory: string): Promise<void> {
  await mkdir(join(directory, 'train'), { recursive: true }).catch((cause) => {
    throw cannotWrite(directory, cause)
  })
  await writeFileAtomic(pathIn(directory), await encodeCheckpoint(checkpoint))
}

/** @throws TempocodeError `file` where there is no checkpoint, or it is damaged */
export async function loadCheckpoint(directory: string): Promise<Checkpoint> {
  const file = pathIn(directory)
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is none' : cause.message
    throw new TempocodeError('file', `cannot read the checkpoint ${file}: ${reason}`, { file }, { cause })
  })
  return decodeCheckpoint(new Uint8Array(bytes), file)
}
