import { TempocodeError } from '@tempocode/core'
import type { Barrier } from './barrier.js'
import { Queue } from './queue.js'
import type { Session, Tensor } from './session.js'

/**
 * A place where graphs run over tensors that stay there. What is carried from run to run, such as the weights of a
 * training, need not travel between threads or through JavaScript. Calls take effect in the order in which they are
 * made; one that fails does not keep the next from its turn.
 */
export interface Workspace {
  /** Loads a graph under a name. */
  load(graph: string, bytes: Uint8Array): Promise<void>
  /**
   * Stores tensors under names, in the place of what was stored there. A float32 tensor whose memory is a
   * SharedArrayBuffer is shared between threads: what is carried to its name is written into it, and all others read
   * it there. Only one of them may write it.
   */
  put(tensors: Record<string, Tensor>): Promise<void>
  /** @returns copies of stored tensors */
  get(names: readonly string[]): Promise<Record<string, Tensor>>
  /**
   * Runs a graph. An input that is not fed is the tensor stored under its name.
   * @param carry outputs to store, each under the name given for it
   * @returns the other outputs
   */
  run(
    graph: string,
    feeds: Record<string, Tensor>,
    carry?: Record<string, string>,
  ): Promise<Record<string, Tensor>>
  /**
   * Runs graphs one after the other, and each at the same time as the other workspaces of the group run theirs: all
   * wait for the last one before each run.
   * @returns what is not carried, of each run
   */
  runTogether(runs: readonly Run[]): Promise<Record<string, Tensor>[]>
  /** Frees all of it. */
  close(): Promise<void>
}

/** A run of a graph, as in {@link Workspace.run}. */
export interface Run {
  graph: string
  feeds: Record<string, Tensor>
  carry?: Record<string, string>
}

/** A workspace in this thread. */
export class LocalWorkspace implements Workspace {
  readonly #graphs = new Map<string, Session>()
  readonly #tensors = new Map<string, Tensor>()
  /** Of shared tensors, what this workspace has written, and copies of what others have. */
  readonly #own = new Map<string, Tensor>()
  readonly #copies = new Map<string, Tensor>()
  readonly #queue = new Queue()

  /** @param barrier where the workspaces of a group wait for each other */
  constructor(
    private readonly createSession: (bytes: Uint8Array) => Promise<Session>,
    private readonly barrier?: Barrier,
  ) {}

  load(graph: string, bytes: Uint8Array): Promise<void> {
    return this.#queue.add(async () => {
      this.#graphs.set(graph, await this.createSession(bytes))
    })
  }

  put(tensors: Record<string, Tensor>): Promise<void> {
    return this.#queue.add(async () => {
      for (const [name, tensor] of Object.entries(tensors)) {
        this.#own.delete(name)
        this.#tensors.set(name, tensor)
      }
    })
  }

  get(names: readonly string[]): Promise<Record<string, Tensor>> {
    return this.#queue.add(async () =>
      Object.fromEntries(
        names.map((name) => {
          const { data, shape } = this.#stored(name)
          return [name, { data: data.slice(), shape }]
        }),
      ),
    )
  }

  run(graph: string, feeds: Record<string, Tensor>, carry?: Record<string, string>) {
    return this.#queue.add(() => this.#run({ graph, feeds, carry }))
  }

  runTogether(runs: readonly Run[]): Promise<Record<string, Tensor>[]> {
    return this.#queue.add(async () => {
      try {
        const results: Record<string, Tensor>[] = []
        for (const run of runs) {
          this.barrier?.wait()
          results.push(await this.#run(run))
        }
        return results
      } catch (cause) {
        this.barrier?.break() // the others would wait for ever
        throw cause
      }
    })
  }

  close(): Promise<void> {
    return this.#queue.add(async () => {
      this.#tensors.clear()
      await Promise.all([...this.#graphs.values()].map((session) => session.release()))
    })
  }

  async #run({ graph, feeds, carry = {} }: Run): Promise<Record<string, Tensor>> {
    const session = this.#graphs.get(graph)
    if (!session) throw new TempocodeError('data', `no graph "${graph}" is loaded`)
    const inputs = session.inputs.map((name) => [name, feeds[name] ?? this.#input(name)] as const)
    const outputs = await session.run(Object.fromEntries(inputs))
    for (const [output, name] of Object.entries(carry)) this.#keep(name, outputs[output])
    return Object.fromEntries(Object.entries(outputs).filter(([name]) => !(name in carry)))
  }

  #keep(name: string, tensor: Tensor): void {
    const stored = this.#tensors.get(name)
    if (stored && isShared(stored)) {
      ;(stored.data as Float32Array).set(tensor.data as Float32Array)
      this.#own.set(name, tensor)
    } else this.#tensors.set(name, tensor)
  }

  /** ONNX Runtime reads no shared memory: what other threads have written is copied. */
  #input(name: string): Tensor {
    const stored = this.#stored(name)
    if (!isShared(stored)) return stored
    const own = this.#own.get(name)
    if (own) return own
    const copy = this.#copies.get(name) ?? { ...stored, data: new Float32Array(stored.data.length) }
    this.#copies.set(name, copy)
    ;(copy.data as Float32Array).set(stored.data as Float32Array)
    return copy
  }

  #stored(name: string): Tensor {
    const tensor = this.#tensors.get(name)
    if (tensor) return tensor
    throw new TempocodeError('data', `no tensor "${name}" is stored`)
  }
}

const isShared = ({ data }: Tensor) =>
  typeof SharedArrayBuffer !== 'undefined' && data.buffer instanceof SharedArrayBuffer
