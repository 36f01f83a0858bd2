import { execFile } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cache } from './paths.js'

// torch.compile needs the last
const PACKAGES = ['torch==2.13.0', 'tensorflow-cpu==2.21.0', 'onnxruntime==1.30.0', 'setuptools']
const home = join(cache, 'python')
const python = join(home, process.platform === 'win32' ? 'Scripts' : 'bin', 'python')
const run = promisify(execFile)

/**
 * A Python of its own with PyTorch, TensorFlow with Keras, and ONNX Runtime, installed once and kept.
 * @returns its path, or why there is none
 */
export async function pythonWithPeers(): Promise<{ path: string } | { missing: string }> {
  if (existsSync(python) && (await hasPeers())) return { path: python }
  console.error('Installing PyTorch, TensorFlow and ONNX Runtime…')
  try {
    await run('python3', ['-m', 'venv', home])
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES])
    return { path: python }
  } catch (cause) {
    rmSync(home, { recursive: true, force: true })
    return { missing: `not installed: ${lastLine(cause)}` }
  }
}

const VERSIONS = 'import importlib.metadata as m, sys; [m.version(name) for name in sys.argv[1:]]'

const hasPeers = () =>
  run(python, ['-c', VERSIONS, ...PACKAGES.map((name) => name.split('==')[0])]).then(
    () => true,
    () => false,
  )

export const lastLine = (cause: unknown) =>
  (cause instanceof Error ? cause.message : String(cause)).trim().split('\n').at(-1)!
