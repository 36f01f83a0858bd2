import { checkWindows, noWindow, type Time } from '@tempocode/trainer'
import type { Piece } from '@tempocode/trainer/node'

const RUN = 512 // windows that an encoder runs at a time: a chunk of more would have to be put together again

/** Rows of one segment, whose windows are encoded together. What it holds is written over by the next chunk. */
export interface Chunk {
  /** The group's name. */
  name?: string
  /** Whether it goes on with the segment of the chunk before. */
  continues: boolean
  /** The first row's number in the series, from 0 on. */
  start: number
  rows: number
  /** rows × columns */
  values: Float32Array
  /** Of each row, where rows have times. */
  times?: Time['values']
}

export interface WindowsOptions {
  columns: number
  window: number
  stride: number
  /** Whether a segment that is shorter than a window is a chunk as well. */
  masked: boolean
}

/**
 * Cuts a series into chunks, so that each window lies in one of them. The pieces that it comes in may end anywhere; no
 * more than a piece and a chunk are in memory.
 * @throws TempocodeError `option` where window or stride are not whole numbers above 0, `data` where there is no window
 */
export async function* windowChunks(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  options: WindowsOptions,
): AsyncGenerator<Chunk, void, undefined> {
  checkWindows({ window: options.window, stride: options.stride })
  const held = new HeldRows(options)
  let row = 0
  let length = 0
  let longest = 0
  let chunks = 0
  function* give(): Generator<Chunk, void, undefined> {
    if (!held.hasWindow) return
    chunks++
    yield held.chunk()
  }
  for await (const piece of pieces) {
    for (const [i, { start, end, name }] of piece.segments.entries()) {
      if (i > 0 || !piece.continues) {
        yield* give()
        held.begin(row + start, name)
        length = 0
      }
      length += end - start
      longest = Math.max(longest, length)
      for (let from = start; from < end; ) {
        from += held.add(piece, from, end)
        if (!held.isFull) continue
        yield* give()
        held.advance()
      }
    }
    row += piece.rows
  }
  yield* give()
  if (chunks === 0) throw noWindow(options.window, longest)
}

/** The rows of a segment from the next window's first one on. */
class HeldRows {
  readonly #capacity: number
  readonly #values: Float32Array
  #times: Time['values'] | undefined
  #name: string | undefined
  #start = 0
  #rows = 0
  /** How many rows come before the next window, where the stride is longer than a window. */
  #skip = 0
  #isWhole = true

  constructor(private readonly options: WindowsOptions) {
    const { columns, window, stride } = options
    this.#capacity = (RUN - 1) * stride + window
    this.#values = new Float32Array(this.#capacity * columns)
  }

  get isFull(): boolean {
    return this.#rows === this.#capacity
  }

  get hasWindow(): boolean {
    const { window, masked } = this.options
    return this.#rows >= (masked && this.#isWhole ? 1 : window)
  }

  /** @param start the number of the segment's first row */
  begin(start: number, name: string | undefined): void {
    this.#name = name
    this.#start = start
    this.#rows = 0
    this.#skip = 0
    this.#isWhole = true
  }

  /** Takes rows [from, end) of a piece, or as many of them as there is room for. @returns how many */
  add({ values, time }: Piece, from: number, end: number): number {
    const { columns } = this.options
    const skipped = Math.min(this.#skip, end - from)
    this.#skip -= skipped
    const first = from + skipped
    const last = Math.min(end, first + this.#capacity - this.#rows)
    this.#values.set(values.subarray(first * columns, last * columns), this.#rows * columns)
    if (time) {
      this.#times ??=
        time.kind === 'timestamp' ? new BigInt64Array(this.#capacity) : new Float64Array(this.#capacity)
      const times = this.#times as Float64Array
      times.set(time.values.subarray(first, last) as Float64Array, this.#rows)
    }
    this.#rows += last - first
    return last - from
  }

  chunk(): Chunk {
    const values = this.#values.subarray(0, this.#rows * this.options.columns)
    return {
      name: this.#name,
      continues: !this.#isWhole,
      start: this.#start,
      rows: this.#rows,
      values,
      times: this.#times,
    }
  }

  /** Lets go of all rows before the first window that is not in the chunk. */
  advance(): void {
    const { columns, window, stride } = this.options
    const next = (Math.floor((this.#rows - window) / stride) + 1) * stride
    const kept = Math.max(0, this.#rows - next)
    this.#values.copyWithin(0, next * columns, this.#rows * columns)
    this.#times?.copyWithin(0, next, this.#rows)
    this.#skip = Math.max(0, next - this.#rows)
    this.#start += next
    this.#rows = kept
    this.#isWhole = false
  }
}
