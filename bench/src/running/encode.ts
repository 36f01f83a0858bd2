import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { openTable } from '@tempocode/trainer/node'
import { bench, root } from '../paths.js'
import { encoderFile, LONG } from './networks.js'
import type { EncodeResult } from './results.js'
import type { ProcessCost } from './session-time.js'

const run = promisify(execFile)
const PART = 2 ** 16
const START = 1_262_304_000_000_000n // 2010-01-01

/**
 * Encodes all windows of a Parquet file by the command `tempocode encode`, in a process of its own.
 * @param directory where the encoder lies, and what is read and written
 */
export async function encodeFile(rows: number, directory: string): Promise<EncodeResult> {
  const data = join(directory, 'rows.parquet')
  await writeRows(data, rows)
  const preload = pathToFileURL(join(bench, 'dist', 'running', 'session-time.js')).href
  const command = join(root, 'packages', 'cli', 'bin', 'tempocode.js')
  const out = join(directory, 'features.parquet')
  const args = ['encode', encoderFile(directory, LONG), data, '--out', out, '--device', 'cpu', '--json']
  const { stdout } = await run(process.execPath, ['--import', preload, command, ...args])
  const [last, ...lines] = stdout.trimEnd().split('\n').reverse()
  const { windows }: { windows: number } = JSON.parse(lines.reverse().join('\n'))
  const { seconds, sessionSeconds, megabytes, cpuSeconds }: ProcessCost = JSON.parse(last)
  const { columns, window, units } = LONG
  const cores = cpuSeconds / seconds
  return { rows, columns, window, units: units[0], windows, seconds, sessionSeconds, megabytes, cores }
}

/** Sines and a time stamp each second. */
async function writeRows(path: string, rows: number): Promise<void> {
  const width = LONG.columns
  const columns = Array.from({ length: width }, (_, i) => `c${i}`)
  const table = await openTable(path, [{ name: 'time', kind: 'timestamp' }], columns)
  for (let first = 0; first < rows; first += PART) {
    const count = Math.min(PART, rows - first)
    const times = BigInt64Array.from({ length: count }, (_, i) => START + BigInt(first + i) * 1_000_000n)
    const value = (i: number) => Math.sin((first + Math.floor(i / width)) / (3 + (i % width)))
    await table.append(
      [times],
      Float32Array.from({ length: count * width }, (_, i) => value(i)),
    )
  }
  await table.close()
}
