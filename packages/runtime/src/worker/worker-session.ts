import { TempocodeError } from '@tempocode/core'
import type { ModelFile } from '../model-file.js'
import type { Session, SessionDevice, SessionOptions, Tensor } from '../session.js'
import type { Workspace } from '../workspace.js'

/** Opens a workspace in a worker. `onEnd` is called when that has ended, for whatever reason. */
export type OpenWorkspace = (device: SessionDevice, options: SessionOptions, onEnd: () => void) => Workspace

const GRAPH = 'graph'

/**
 * A session in a worker of its own, which leaves this thread free. Where the worker dies, the runs that it had reject,
 * and the next one starts another worker, for which the bytes are kept.
 */
export class WorkerSession implements Session {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  #workspace: Promise<Workspace> | undefined
  #release: Promise<void> | undefined

  /** @param start opens the workspace of a worker; each worker gets the bytes */
  constructor(
    private readonly start: OpenWorkspace,
    private readonly bytes: Uint8Array,
    { inputs, outputs }: Pick<ModelFile, 'inputs' | 'outputs'>,
    readonly device: SessionDevice,
    private readonly options: SessionOptions,
  ) {
    this.inputs = inputs.map(({ name }) => name)
    this.outputs = outputs.map(({ name }) => name)
  }

  /**
   * Loads the bytes. Without it, the first run would.
   * @throws TempocodeError what `createSession` throws there, or `device` where the worker fails
   */
  async load(): Promise<this> {
    await this.#opened()
    return this
  }

  async run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
    if (this.#release) throw new TempocodeError('device', 'the session is released; create another one')
    const workspace = await this.#opened()
    return workspace.run(GRAPH, Object.fromEntries(Object.entries(feeds).map(withoutRest)))
  }

  release(): Promise<void> {
    this.#release ??= this.#close()
    return this.#release
  }

  #opened(): Promise<Workspace> {
    this.#workspace ??= this.#open()
    return this.#workspace
  }

  async #open(): Promise<Workspace> {
    const workspace = this.start(this.device, this.options, () => {
      this.#workspace = undefined
    })
    try {
      await workspace.load(GRAPH, this.bytes)
      return workspace
    } catch (cause) {
      await workspace.close().catch(() => {}) // why it cannot be used is known
      throw cause
    }
  }

  async #close(): Promise<void> {
    try {
      await (await this.#workspace)?.close()
    } catch {
      // The worker has ended, and with it all that there was to free.
    }
  }
}

/** A part of a larger array would take all of its memory to the other thread. */
function withoutRest([name, { data, shape }]: [string, Tensor]): [string, Tensor] {
  return [name, { data: data.byteLength === data.buffer.byteLength ? data : data.slice(), shape }]
}
