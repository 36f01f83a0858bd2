import { execFile } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PACKAGES = ['numpy', 'onnx>=1.16', 'onnxruntime>=1.18']
const home = fileURLToPath(new URL('../../../node_modules/.cache/tempocode/python', import.meta.url))
const python = join(home, process.platform === 'win32' ? 'Scripts' : 'bin', 'python')
const run = promisify(execFile)

/**
 * A Python of its own with onnx and onnxruntime, installed once and kept.
 * @returns its path, or why there is none
 */
export async function pythonWithOnnx(): Promise<{ python: string } | { missing: string }> {
  const works = () =>
    run(python, ['-c', 'import numpy, onnx, onnxruntime']).then(
      () => true,
      () => false,
    )
  if (existsSync(python) && (await works())) return { python }
  rmSync(home, { recursive: true, force: true })
  try {
    await run('python3', ['-m', 'venv', home])
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES])
    return { python }
  } catch (cause) {
    rmSync(home, { recursive: true, force: true })
    const lines = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n')
    return { missing: `no Python with onnx and onnxruntime: ${lines.at(-1)}` }
  }
}
