import { TempocodeError } from '@tempocode/core'

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

/**
 * A protobuf message: bytes [start, end) of a file. Submessages look at the same bytes, nothing is copied.
 * Source of the format: https://protobuf.dev/programming-guides/encoding
 */
export class Message {
  constructor(
    readonly bytes: Uint8Array,
    readonly start = 0,
    readonly end = bytes.length,
  ) {}

  /**
   * The fields in the order in which they stand. A field whose number means nothing to the caller is one to skip.
   * @throws TempocodeError `model` at the first byte that is no protobuf
   */
  *fields(): Generator<Field> {
    let at = this.start
    while (at < this.end) {
      const tag = this.#varint(at)
      const number = Number(tag.value >> 3n)
      const wire = Number(tag.value & 7n)
      if (number < 1 || number >= 2 ** 29) fail(at, `field number ${number} is not allowed`)
      const [value, start, end] = this.#value(wire, at, tag.end)
      yield new Field(this.bytes, number, wire, at, value, start, end)
      at = end
    }
  }

  /** The number of a varint, or else 0, and where the value starts and ends. */
  #value(wire: number, at: number, start: number): [bigint, number, number] {
    if (wire === VARINT) {
      const { value, end } = this.#varint(start)
      return [value, start, end]
    }
    if (wire === FIXED32) return [0n, start, this.#end(start, 4)]
    if (wire === FIXED64) return [0n, start, this.#end(start, 8)]
    if (wire !== BYTES) fail(at, `wire type ${wire} is not allowed`)
    const length = this.#varint(start)
    return [0n, length.end, this.#end(length.end, Number(length.value))]
  }

  #end(start: number, length: number): number {
    if (length > this.end - start) {
      fail(start, `${length} bytes should follow, and there are ${this.end - start}`)
    }
    return start + length
  }

  #varint(start: number): { value: bigint; end: number } {
    let value = 0n
    for (let i = 0; i < 10; i++) {
      if (start + i >= this.end) fail(start, 'a varint is cut off')
      const byte = this.bytes[start + i]
      value |= BigInt(byte & 0x7f) << BigInt(7 * i)
      if (byte < 0x80) {
        if (value >= 2n ** 64n) break
        return { value, end: start + i + 1 }
      }
    }
    return fail(start, 'a varint is longer than 64 bits')
  }
}

/** One field of a message. Reading it as what it is not fails. */
export class Field {
  constructor(
    readonly bytes: Uint8Array,
    readonly number: number,
    readonly wire: number,
    /** Where the field stands in the file. */
    readonly at: number,
    readonly value: bigint,
    readonly start: number,
    readonly end: number,
  ) {}

  /** The field as an int32 or int64 of at most 2⁵³ in size. */
  int(): number {
    if (this.wire !== VARINT) fail(this.at, `field ${this.number} is not a whole number`)
    const value = Number(BigInt.asIntN(64, this.value))
    return Number.isSafeInteger(value) ? value : fail(this.at, `field ${this.number} is too large`)
  }

  text(): string {
    this.#isBytes()
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        this.bytes.subarray(this.start, this.end),
      )
    } catch {
      return fail(this.at, `field ${this.number} is not UTF-8`)
    }
  }

  message(): Message {
    this.#isBytes()
    return new Message(this.bytes, this.start, this.end)
  }

  #isBytes() {
    if (this.wire !== BYTES) fail(this.at, `field ${this.number} is neither text nor a message`)
  }
}

function fail(at: number, message: string): never {
  throw new TempocodeError('model', `${message} (byte ${at})`)
}
