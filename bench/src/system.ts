import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Network } from './rows.js'

/** Threads of every system that has a choice. */
export const THREADS = 2

/** What a process is asked: steps of a row (or runs of its encoder) for some seconds, at least one. */
export interface Request {
  row: Network
  seconds: number
}

/** Milliseconds of each step, or of each call's mean step; and what the reader of the figures should know. */
export interface Timing {
  ms: number[]
  note?: string
}

const ENVIRONMENT = {
  OMP_NUM_THREADS: String(THREADS),
  TF_NUM_INTRAOP_THREADS: String(THREADS),
  TF_NUM_INTEROP_THREADS: String(THREADS),
  TF_CPP_MIN_LOG_LEVEL: '2',
}

/**
 * A process that trains or encodes, kept through the run: it keeps the row's network until it is asked for another row. Between
 * two requests it is halted, so that threads that wait by spinning take nothing from the system whose turn it is.
 */
export class System {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
  ) {
    this.#child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...ENVIRONMENT },
    })
    this.#child.on('error', (cause) => console.error(`${name} does not start: ${cause.message}`))
    this.#child.stdin!.on('error', () => {}) // that it has ended is told by the output's end
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]()
    process.on('exit', () => this.#child.kill('SIGKILL')) // one that is halted would not notice
  }

  /** @throws Error with the system's own message where it cannot train the row, or has ended */
  async time(request: Request): Promise<Timing> {
    this.#signal('SIGCONT')
    this.#child.stdin!.write(`${JSON.stringify(request)}\n`)
    const answer = await this.#answer()
    this.#signal('SIGSTOP')
    if ('error' in answer) throw new Error(answer.error)
    return answer
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }

  async #answer(): Promise<Timing | { error: string }> {
    for (;;) {
      const { value, done } = await this.#lines.next()
      if (done) throw new Error('the process has ended')
      if (value.startsWith('{')) return JSON.parse(value)
      console.error(`${this.name}: ${value}`) // libraries greet
    }
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (process.platform !== 'win32') this.#child.kill(signal)
  }
}
