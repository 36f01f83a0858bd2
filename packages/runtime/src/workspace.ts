import { TempocodeError } from '@tempocode/core'
import type { Session, Tensor } from './session.js'

/**
 * A place where graphs run over tensors that stay there. What is carried from run to run, such as the weights of a
 * training, need not travel between threads or through JavaScript. Calls take effect in the order in which they are
 * made; one that fails does not keep the next from its turn.
 */
export interface Workspace {
  /** Loads a graph under a name. */
  load(graph: string, bytes: Uint8Array): Promise<void>
  /** Stores tensors under names, in the place of what was stored there. */
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
  /** Frees all of it. */
  close(): Promise<void>
}

/** A workspace in this thread. */
export class LocalWorkspace implements Workspace {
  readonly #graphs = new Map<string, Session>()
  readonly #tensors = new Map<string, Tensor>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly createSession: (bytes: Uint8Array) => Promise<Session>) {}

  load(graph: string, bytes: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      this.#graphs.set(graph, await this.createSession(bytes))
    })
  }

  put(tensors: Record<string, Tensor>): Promise<void> {
    return this.#inTurn(async () => {
      for (const [name, tensor] of Object.entries(tensors)) this.#tensors.set(name, tensor)
    })
  }

  get(names: readonly string[]): Promise<Record<string, Tensor>> {
    return this.#inTurn(async () =>
      Object.fromEntries(
        names.map((name) => {
          const { data, shape } = this.#stored(name)
          return [name, { data: data.slice(), shape }]
        }),
      ),
    )
  }

  run(
    graph: string,
    feeds: Record<string, Tensor>,
    carry: Record<string, string> = {},
  ): Promise<Record<string, Tensor>> {
    return this.#inTurn(async () => {
      const session = this.#graphs.get(graph)
      if (!session) throw new TempocodeError('data', `no graph "${graph}" is loaded`)
      const inputs = session.inputs.map((name) => [name, feeds[name] ?? this.#stored(name)] as const)
      const outputs = Object.entries(await session.run(Object.fromEntries(inputs)))
      for (const [name, tensor] of outputs) if (name in carry) this.#tensors.set(carry[name], tensor)
      return Object.fromEntries(outputs.filter(([name]) => !(name in carry)))
    })
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#tensors.clear()
      await Promise.all([...this.#graphs.values()].map((session) => session.release()))
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work)
    this.#last = result
    return result
  }

  #stored(name: string): Tensor {
    const tensor = this.#tensors.get(name)
    if (tensor) return tensor
    throw new TempocodeError('data', `no tensor "${name}" is stored`)
  }
}
