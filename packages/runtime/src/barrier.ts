import { TempocodeError } from '@tempocode/core'

const [ARRIVED, ROUND, BROKEN] = [0, 1, 2]
const LOOKS = 10_000 // at the round, before going to sleep: threads that work alike arrive within microseconds

/** A point that threads pass together: each waits there until the last one has come. */
export class Barrier {
  readonly #cells: Int32Array

  /**
   * @param memory shared by the threads; {@link Barrier.memory} makes it
   * @param threads how many must come
   */
  constructor(
    readonly memory: SharedArrayBuffer,
    readonly threads: number,
  ) {
    this.#cells = new Int32Array(memory)
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)
  }

  /** @throws TempocodeError `device` where another thread has failed */
  wait(): void {
    const cells = this.#cells
    const round = Atomics.load(cells, ROUND)
    this.#check() // after the round was read: a break from here on changes it
    if (Atomics.add(cells, ARRIVED, 1) === this.threads - 1) {
      Atomics.store(cells, ARRIVED, 0)
      Atomics.add(cells, ROUND, 1)
      Atomics.notify(cells, ROUND)
    } else {
      let looks = LOOKS
      while (Atomics.load(cells, ROUND) === round && looks-- > 0);
      while (Atomics.load(cells, ROUND) === round) Atomics.wait(cells, ROUND, round)
    }
    this.#check()
  }

  /** Lets all who wait, and all who come, fail. */
  break(): void {
    Atomics.store(this.#cells, BROKEN, 1)
    Atomics.add(this.#cells, ROUND, 1)
    Atomics.notify(this.#cells, ROUND)
  }

  #check(): void {
    if (Atomics.load(this.#cells, BROKEN))
      throw new TempocodeError('device', 'another thread of the group has failed')
  }
}
