import { randomUUID } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { TempocodeError } from '@tempocode/core'

/** A file that is written beside its target and put in its place when it is whole. */
export interface AtomicFile {
  /** Where to write until then: a new name in the target's own directory. */
  temporary: string
  /** Brings the bytes to the disk and the file to its place; an old file is replaced in one step. */
  commit(): Promise<void>
  /** Removes what was written; an old file stays as it is. */
  discard(): Promise<void>
}

/** @throws TempocodeError `file` where the target is a directory, or its own directory is missing */
export async function atomicFile(path: string): Promise<AtomicFile> {
  if ((await kindOf(path)) === 'directory')
    throw new TempocodeError('file', `${path} is a directory`, { file: path })
  if ((await kindOf(dirname(path))) !== 'directory') {
    throw new TempocodeError('file', `cannot write ${path}: there is no directory ${dirname(path)}`, {
      file: path,
    })
  }
  const temporary = join(dirname(path), `.${basename(path)}.tmp-${randomUUID().slice(0, 8)}`)
  return {
    temporary,
    async commit() {
      const file = await open(temporary, 'r+')
      await file.sync().finally(() => file.close())
      await rename(temporary, path)
    },
    discard: () => rm(temporary, { force: true }),
  }
}

/**
 * Writes a file so that whoever reads it finds the old one or the new one, and never a part, even after a crash.
 * @throws TempocodeError `file` where it cannot be written; an old file is then left as it was
 */
export async function writeFileAtomic(path: string, data: string | Uint8Array): Promise<void> {
  const file = await atomicFile(path)
  try {
    const handle = await open(file.temporary, 'wx')
    await handle.writeFile(data).finally(() => handle.close())
    await file.commit()
  } catch (cause) {
    await file.discard()
    throw cannotWrite(path, cause)
  }
}

export function cannotWrite(path: string, cause: unknown): TempocodeError {
  if (cause instanceof TempocodeError) return cause
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
  return new TempocodeError('file', `cannot write ${path}: ${reason}`, { file: path }, { cause })
}

async function kindOf(path: string): Promise<'directory' | 'other' | 'missing'> {
  const found = await stat(path).catch(() => undefined)
  return found === undefined ? 'missing' : found.isDirectory() ? 'directory' : 'other'
}
