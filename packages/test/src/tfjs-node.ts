import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as tf from '@tensorflow/tfjs'

const PACKAGE = '@tensorflow/tfjs-node'
const script = fileURLToPath(new URL('../../../../shared/tools/link-tfjs-node.sh', import.meta.url))
const home = fileURLToPath(new URL('../../../node_modules/.cache/tempocode-tfjs-node', import.meta.url))
const installed = join(home, 'node_modules', PACKAGE)
const run = promisify(execFile)

/**
 * Makes tfjs compute by TensorFlow's C library. That is no dependency: it is installed once beside the project, and
 * kept; its own installer downloads, so a script links it. It registers its backend with all copies of tfjs in the
 * process, and belongs in a process of its own.
 * @returns why it cannot be had; undefined where it computes
 */
export async function useTfjsNode(): Promise<string | undefined> {
  if (!existsSync(script)) return 'there is no ../shared/tools/link-tfjs-node.sh beside the checkout'
  try {
    if (!existsSync(installed)) await install()
    await run('bash', [script, installed])
    tf.enableProdMode() // else each kernel that both copies of tfjs bring is warned of
    createRequire(join(home, 'package.json'))(PACKAGE)
    return (await tf.setBackend('tensorflow')) ? undefined : 'its backend does not start'
  } catch (cause) {
    const lines = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n')
    return `tfjs-node cannot be had: ${lines.at(-1)}`
  }
}

async function install(): Promise<void> {
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save']
  await run('npm', ['install', ...quiet, `${PACKAGE}@${tf.version_core}`], { cwd: home })
}
