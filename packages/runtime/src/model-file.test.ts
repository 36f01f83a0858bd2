import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeMetadata } from './metadata.js'
import { readModel } from './model-file.js'
import { testMetadata, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import { writeModel, writeValue } from './testing/onnx-writer.js'
import { block, int, tag, text } from './testing/protobuf-writer.js'

const bytes = (...parts: number[][]) => Uint8Array.from(parts.flat())

test('reads what a model says of itself', () => {
  expect(readModel(writeEncoder())).toEqual({
    irVersion: 8,
    producer: 'tempocode 0.1.0',
    opsets: { 'ai.onnx': 18 },
    graph: 'test',
    inputs: [{ name: 'input', type: 'float32', dims: ['batch', 4, 2] }],
    outputs: [{ name: 'features', type: 'float32', dims: ['batch', 3] }],
    nodes: 4,
    ops: { Sub: 1, Div: 1, ReduceMean: 1, MatMul: 1 },
    metadata: writeMetadata(testMetadata()),
  })
})

test('reads values without a shape, with open sizes, of other types and of none', () => {
  const sequence = bytes(text(1, 's'), block(2, block(4, block(1, block(1, int(1, 1))))))
  const open = [...block(1, text(2, '')), ...block(1, [])]
  const unnamed = bytes(text(1, 'o'), block(2, block(1, [...int(1, 9), ...block(2, open)])))
  const values = [
    ...[sequence, unnamed].flatMap((value) => block(11, [...value])),
    ...block(11, writeValue({ name: 'x', type: 99 })),
    ...block(11, writeValue({ name: 'scalar', type: 7, dims: [] })),
    ...block(11, text(1, 'untyped')),
  ]
  expect(readModel(bytes(int(1, 8), block(7, values))).inputs).toEqual([
    { name: 's', type: 'sequence' },
    { name: 'o', type: 'bool', dims: ['?', '?'] },
    { name: 'x', type: 'type 99' },
    { name: 'scalar', type: 'int64', dims: [] },
    { name: 'untyped', type: 'unknown' },
  ])
})

test('names that mean something to JavaScript are names like any other', () => {
  const node = { op: '__proto__', inputs: ['input'], outputs: ['features'] }
  const graph = { nodes: [node, node], inputs: [], outputs: [], metadata: { constructor: 'a' } }
  const model = readModel(writeModel(graph))
  expect(Object.entries(model.ops)).toEqual([['__proto__', 2]])
  expect(model.metadata).toEqual({ constructor: 'a' })
})

test('operators of other domains carry their domain', () => {
  const nodes = [...block(1, [...text(4, 'Gelu'), ...text(7, 'com.example')]), ...block(1, text(4, 'Relu'))]
  expect(readModel(bytes(int(1, 8), block(7, nodes))).ops).toEqual({ 'com.example.Gelu': 1, Relu: 1 })
})

test('fields that are unknown are skipped', () => {
  const known = [...writeEncoder()]
  const unknown = [
    ...int(900, 5),
    ...text(901, 'x'),
    ...tag(902, 1),
    ...Array(8).fill(7),
    ...tag(903, 5),
    1,
    2,
    3,
    4,
  ]
  expect(readModel(bytes(unknown, known, unknown))).toEqual(readModel(bytes(known)))
})

test('weights are not copied: a view into a larger buffer is read where it lies', () => {
  const model = writeEncoder()
  const view = new Uint8Array([9, 9, ...model, 9]).subarray(2, 2 + model.length)
  expect(readModel(view)).toEqual(readModel(model))
})

const graph = block(7, text(2, 'g'))

test.each([
  ['no bytes', bytes(), 'it states no version of the format'],
  ['no graph', bytes(int(1, 8)), 'it holds no graph'],
  ['two graphs', bytes(int(1, 8), graph, graph), 'it holds two graphs'],
  [
    'a key twice',
    bytes(int(1, 8), graph, block(14, text(1, 'a')), block(14, text(1, 'a'))),
    'its metadata hold a twice',
  ],
  ['a page', new TextEncoder().encode('<!doctype html>'), 'wire type 4 is not allowed (byte 0)'],
  ['a graph that is a number', bytes(int(1, 8), int(7, 1)), 'field 7 is neither text nor a message (byte 2)'],
  ['a model cut off', writeEncoder().slice(0, 100), 'bytes should follow'],
])('%s is no ONNX model', async (_, model, message) => {
  const error = await failure(() => readModel(model, 'a.onnx'))
  expect(error).toMatchObject({ code: 'model', place: { file: 'a.onnx' } })
  expect(error.message).toMatch(/^a\.onnx is not an ONNX model: /)
  expect(error.message).toContain(message)
})

test('any mutation or truncation of a model is read or refused', () => {
  const model = writeEncoder()
  const change = fc.tuple(fc.nat(model.length - 1), fc.nat(255))
  let refused = 0
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), fc.nat(model.length), (changes, end) => {
      const mutant = model.slice(0, end % 2 ? model.length : end)
      for (const [at, byte] of changes) mutant[at] = byte
      try {
        readModel(mutant)
      } catch (error) {
        refused++
        expect(error).toMatchObject({ name: 'TempocodeError', code: 'model' })
      }
    }),
    { seed: 3, numRuns: 3000 },
  )
  expect(refused).toBeGreaterThan(300)
})
