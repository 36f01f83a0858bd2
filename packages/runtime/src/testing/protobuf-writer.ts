/** Writes protobuf messages for tests: bytes in, bytes out, and nothing stops a test from writing nonsense. */

/** A base-128 varint; a negative number takes ten bytes, as protobuf's int64 does. */
export function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}

export const tag = (field: number, wire: number) => varint(field * 8 + wire)

export const int = (field: number, value: number | bigint) => [...tag(field, 0), ...varint(value)]

export const text = (field: number, value: string) => block(field, [...new TextEncoder().encode(value)])

/** A length-delimited field: a submessage or raw bytes. */
export const block = (field: number, bytes: number[]) => [...tag(field, 2), ...varint(bytes.length), ...bytes]
