import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bench } from './paths.js'

const run = promisify(execFile)

/** Runs one of this package's scripts in a process of its own, which prints its result as JSON. */
export async function runScript<T>(name: string, input: unknown): Promise<T> {
  const script = join(bench, 'dist', `${name}.js`)
  const { stdout } = await run(process.execPath, [script, JSON.stringify(input)])
  return JSON.parse(stdout)
}

/** What a script run so was given. */
export const scriptInput = <T>(): T => JSON.parse(process.argv[2])

/** What a script run so has to say. */
export const printResult = (result: unknown): boolean => process.stdout.write(JSON.stringify(result))
