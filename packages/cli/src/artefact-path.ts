import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { TempocodeError } from '@tempocode/core'

/**
 * The encoder that is meant: the file itself, or `encoder.onnx` in what `train` wrote.
 * @throws TempocodeError `file` where there is none
 */
export async function encoderPath(path: string): Promise<string> {
  const kind = await stat(path).catch(() => undefined)
  if (kind === undefined) throw new TempocodeError('file', `${path} does not exist`, { file: path })
  if (!kind.isDirectory()) return path
  const file = join(path, 'encoder.onnx')
  if (await stat(file).catch(() => undefined)) return file
  throw new TempocodeError(
    'file',
    `${path} holds no encoder.onnx; use a directory that train wrote, or a file`,
    {
      file: path,
    },
  )
}
