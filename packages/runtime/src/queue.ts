/** Work in turn. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve()

  /** Starts the work when all earlier work has ended, well or badly; whoever asked for that has its error. */
  add<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work)
    this.#last = result
    return result
  }
}
