import { TempocodeError } from '@tempocode/core'
import { unlessAborted } from './abort.js'
import type { Session, SessionDevice, Tensor } from './session.js'

/**
 * Windows in a run, by the numbers in a window: at most 512, where an LSTM is fastest on cpu and wasm (4096 take a
 * fifth longer for each), and fewer, down to 1, if they hold more than 2²² numbers, 16 MiB.
 */
export const windowsPerRun = (size: number) => Math.max(1, Math.min(512, Math.floor(2 ** 22 / size)))

/** An output of the graph: its name, and its shape for one window. */
export interface OutputShape {
  name: string
  shape: readonly number[]
}

/** Runs a graph over any number of windows, some at a time, so that the memory in use stays bounded. */
export class ChunkedSession {
  #disposed = false

  /**
   * @param kind what the file is, for messages
   * @param perRun windows in a run, at most
   * @param outputs all that the graph gives
   */
  constructor(
    private readonly session: Session,
    private readonly kind: string,
    private readonly perRun: number,
    private readonly outputs: readonly OutputShape[],
  ) {}

  get device(): SessionDevice {
    return this.session.device
  }

  /**
   * Runs n windows.
   * @param feeds what the graph takes of windows [first, end)
   * @param signal ends it: what has begun runs on unseen, what has not is not run
   * @param outputs those that are wanted; the others' memory is let go after each run. Default: all
   * @returns the outputs of all of them, by their names
   * @throws the signal's reason
   */
  async run(
    n: number,
    feeds: (first: number, end: number) => Record<string, Tensor>,
    signal?: AbortSignal,
    outputs = this.outputs,
  ): Promise<Record<string, Float32Array>> {
    signal?.throwIfAborted()
    const isOneRun = n <= this.perRun // whose outputs are handed on as they are
    const results: Float32Array[] = isOneRun
      ? []
      : outputs.map(({ shape }) => new Float32Array(n * sizeOf(shape)))
    for (let first = 0; first < n; first += this.perRun) {
      if (this.#disposed) {
        throw new TempocodeError('device', `the ${this.kind} is disposed; load it again`)
      }
      const end = Math.min(n, first + this.perRun)
      const given = await unlessAborted(this.session.run(feeds(first, end)), signal)
      outputs.forEach(({ name, shape }, i) => {
        const data = checked(name, given[name], [end - first, ...shape])
        if (isOneRun) results[i] = data
        else results[i].set(data, first * sizeOf(shape))
      })
    }
    return Object.fromEntries(outputs.map(({ name }, i) => [name, results[i]]))
  }

  /** Frees the native memory once the runs under way are done; later calls reject. */
  async dispose(): Promise<void> {
    this.#disposed = true
    await this.session.release()
  }
}

/** @throws TempocodeError `model` where the graph gives something else than it declares */
function checked(name: string, { data, shape }: Tensor, expected: readonly number[]): Float32Array {
  if (data instanceof Float32Array && shape.join() === expected.join()) return data
  const message = `the graph gave ${name} of shape [${shape.join(', ')}], not [${expected.join(', ')}]`
  throw new TempocodeError('model', message)
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
