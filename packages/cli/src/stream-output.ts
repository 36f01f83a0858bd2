import { once } from 'node:events'
import { closeSync, openSync, writeSync } from 'node:fs'
import { TempocodeError } from '@tempocode/core'

/** Takes lines, each of which can be read by others as soon as it is written. */
export interface StreamOutput {
  write(line: string): Promise<void>
  close(): void
}

/**
 * Standard output, or a new file: what a stream writes grows while it is read, and so cannot take an old file's place
 * when it is whole.
 * @throws TempocodeError `file` where the file is there, or cannot be written; so does `write`
 */
export function streamOutput(file?: string): StreamOutput {
  if (file === undefined) {
    return {
      async write(line) {
        if (!process.stdout.write(line)) await once(process.stdout, 'drain')
      },
      close() {},
    }
  }
  const descriptor = orFail(file, () => openSync(file, 'wx'))
  return {
    write: async (line) => {
      orFail(file, () => writeSync(descriptor, line))
    },
    close: () => closeSync(descriptor),
  }
}

function orFail<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const reason = code === 'EEXIST' ? 'it is there already, and a stream writes to a new file' : message
    throw new TempocodeError('file', `cannot write ${file}: ${reason}`, { file }, { cause })
  }
}
