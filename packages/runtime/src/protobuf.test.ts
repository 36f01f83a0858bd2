import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Message } from './protobuf.js'
import { failure } from './testing/failure.js'
import { block, int, tag, text } from './testing/protobuf-writer.js'

const read = (bytes: number[]) => [...new Message(Uint8Array.from(bytes)).fields()]

test('reads every wire type and says where each field stands', () => {
  const bytes = [
    ...int(1, 300),
    ...[...tag(2, 1), 1, 2, 3, 4, 5, 6, 7, 8],
    ...[...tag(3, 5), 1, 2, 3, 4],
    ...text(4, 'né'),
    ...block(5, int(6, -1)),
  ]
  const fields = read(bytes)
  expect(fields.map(({ number, wire, at }) => [number, wire, at])).toEqual([
    [1, 0, 0],
    [2, 1, 3],
    [3, 5, 12],
    [4, 2, 17],
    [5, 2, 22],
  ])
  expect(fields[0].int()).toBe(300)
  expect(fields[3].text()).toBe('né')
  expect([...fields[4].message().fields()][0].int()).toBe(-1)
})

test('a message inside another counts bytes from the start of the file', async () => {
  const [field] = read(block(1, [...int(1, 1), ...tag(2, 3)]))
  const error = await failure(() => [...field.message().fields()])
  expect(error.message).toBe('wire type 3 is not allowed (byte 4)')
})

test.each([
  ['a varint cut off', [0x08, 0x80], 'a varint is cut off (byte 1)'],
  ['a tag cut off', [0x80], 'a varint is cut off (byte 0)'],
  ['a varint of 11 bytes', [0x08, ...Array(10).fill(0x80), 0], 'a varint is longer than 64 bits (byte 1)'],
  ['a varint of 65 bits', [0x08, ...Array(9).fill(0xff), 2], 'a varint is longer than 64 bits (byte 1)'],
  ['64 bits cut off', [...tag(1, 1), 1, 2], '8 bytes should follow, and there are 2 (byte 1)'],
  ['32 bits cut off', [...tag(1, 5), 1, 2, 3], '4 bytes should follow, and there are 3 (byte 1)'],
  ['text cut off', [...tag(1, 2), 5, 65], '5 bytes should follow, and there are 1 (byte 2)'],
  [
    'a length of 2⁶³',
    [...tag(1, 2), ...Array(9).fill(0x80), 1],
    'bytes should follow, and there are 0 (byte 11)',
  ],
  ['a group', tag(1, 3), 'wire type 3 is not allowed (byte 0)'],
  ['the end of a group', tag(1, 4), 'wire type 4 is not allowed (byte 0)'],
  ['wire type 6', tag(1, 6), 'wire type 6 is not allowed (byte 0)'],
  ['wire type 7', tag(1, 7), 'wire type 7 is not allowed (byte 0)'],
  ['field 0', int(0, 1), 'field number 0 is not allowed (byte 0)'],
  ['field 2²⁹', int(2 ** 29, 1), 'field number 536870912 is not allowed (byte 0)'],
])('%s is refused', async (_, bytes, message) => {
  const error = await failure(() => read(bytes))
  expect(error.code).toBe('model')
  expect(error.message).toContain(message)
})

test('a length past the end of a submessage is refused, even if the file goes on', async () => {
  const [outer] = read([...block(1, [...tag(1, 2), 3, 65]), ...text(2, 'more')])
  const error = await failure(() => [...outer.message().fields()])
  expect(error.message).toBe('3 bytes should follow, and there are 1 (byte 4)')
})

test('a field read as what it is not is refused', async () => {
  const [number, string] = read([...int(1, 1), ...block(2, [0xff])])
  expect((await failure(() => number.text())).message).toBe('field 1 is neither text nor a message (byte 0)')
  expect((await failure(() => number.message())).code).toBe('model')
  expect((await failure(() => string.int())).message).toBe('field 2 is not a whole number (byte 2)')
  expect((await failure(() => string.text())).message).toBe('field 2 is not UTF-8 (byte 2)')
  const [large] = read(int(1, 2n ** 60n))
  expect((await failure(() => large.int())).message).toBe('field 1 is too large (byte 0)')
})

test('every int64 up to 2⁵³ and every text comes back', () => {
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\uFEFFbom')),
      (value, string) => {
        const [first, second] = read([...int(1, value), ...text(2, string)])
        expect(first.int()).toBe(value)
        expect(second.text()).toBe(string)
      },
    ),
    { seed: 1, numRuns: 500 },
  )
})

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        for (const field of new Message(bytes).fields()) expect(field.end).toBeLessThanOrEqual(bytes.length)
      } catch (error) {
        expect(error).toMatchObject({ name: 'TempocodeError', code: 'model' })
      }
    }),
    { seed: 2, numRuns: 5000 },
  )
})
