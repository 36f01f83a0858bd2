import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../cli/bin/tempocode.js', import.meta.url))

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

/** A directory for the files of a test, and the command run in it. */
export class Workplace {
  readonly directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))

  path(...names: string[]): string {
    return join(this.directory, ...names)
  }

  /** All files and directories in it, in order. */
  list(): string[] {
    return readdirSync(this.directory, { recursive: true }).map(String).sort()
  }

  start(args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [BIN, ...args], { cwd: this.directory, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  /** One that reads what the test writes. */
  startFilter(args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
    return spawn(process.execPath, [BIN, ...args], { cwd: this.directory, stdio: ['pipe', 'pipe', 'pipe'] })
  }

  async run(...args: string[]): Promise<Outcome> {
    return outcomeOf(this.start(args))
  }

  remove(): void {
    rmSync(this.directory, { recursive: true })
  }
}

/** What a process printed, and how it ended. */
export function outcomeOf(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<Outcome> {
  const outcome: Outcome = { code: null, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    outcome.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    outcome.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...outcome, code }))
  })
}
