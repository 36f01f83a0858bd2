import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { TempocodeError } from '@tempocode/core'

/**
 * The file that is meant: the path itself, or the file of that name in what `train` wrote.
 * @throws TempocodeError `file` where there is none
 */
export async function artefactPath(
  path: string,
  name: 'encoder.onnx' | 'decoder.onnx' | 'detector.onnx',
): Promise<string> {
  const kind = await stat(path).catch(() => undefined)
  if (kind === undefined) throw new TempocodeError('file', `${path} does not exist`, { file: path })
  if (!kind.isDirectory()) return path
  const file = join(path, name)
  if (await stat(file).catch(() => undefined)) return file
  const readme = join(path, 'README.md')
  const hint =
    name !== 'encoder.onnx' && (await stat(readme).catch(() => undefined))
      ? `; ${readme} tells why`
      : '; use a directory that train wrote, or a file'
  throw new TempocodeError('file', `${path} holds no ${name}${hint}`, { file: path })
}

/** @throws TempocodeError `file` where a table cannot have this name */
export function checkTablePath(out: string, flag = '--out'): void {
  if (/\.(csv|parquet)$/i.test(out)) return
  throw new TempocodeError(
    'file',
    `${flag} ${JSON.stringify(out)} is not allowed; use a name that ends in .csv or .parquet`,
  )
}
