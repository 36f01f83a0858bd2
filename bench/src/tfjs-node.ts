import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cache, root } from './paths.js'
import { lastLine } from './python.js'

const run = promisify(execFile)
const home = join(cache, 'tfjs-node')
const link = join(root, '../shared/tools/link-tfjs-node.sh')

/**
 * tfjs-node, installed without its own script, which downloads TensorFlow, and linked by another.
 * @returns the folder `@tensorflow` that it lies in, or why there is none
 */
export async function tfjsNode(): Promise<{ path: string } | { missing: string }> {
  if (!existsSync(link)) return { missing: `not installed: there is no ${link}` }
  const path = join(home, 'node_modules', '@tensorflow')
  try {
    if (!existsSync(join(path, 'tfjs-node'))) {
      console.error('Installing tfjs-node…')
      mkdirSync(home, { recursive: true })
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefix', home]
      await run('npm', ['install', ...options, '@tensorflow/tfjs-node@4.22.0'])
    }
    await run('bash', [link, join(path, 'tfjs-node')])
    return { path }
  } catch (cause) {
    return { missing: `not installed: ${lastLine(cause)}` }
  }
}
