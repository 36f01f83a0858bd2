import { expect, test } from 'vitest'
import { readModel } from './model-file.js'
import { createSession } from './node.js'
import { rewriteModel } from './rewrite-model.js'
import { failure } from './testing/failure.js'
import { writeModel } from './testing/onnx-writer.js'

const file = (metadata: Record<string, string>) =>
  writeModel({
    nodes: [{ op: 'Mul', inputs: ['x', 'layer/w'], outputs: ['y'] }],
    inputs: [{ name: 'x', dims: [2] }],
    outputs: [{ name: 'y', dims: [2] }],
    constants: { 'layer/w': { dims: [2], data: Float32Array.of(1, 2) } },
    metadata,
  })

/** What the file makes of ones. */
async function product(bytes: Uint8Array): Promise<number[]> {
  const session = await createSession(bytes, 'cpu')
  const { y } = await session.run({ x: { data: Float32Array.of(1, 1), shape: [2] } })
  await session.release()
  return Array.from(y.data, Number)
}

test('weights and metadata are replaced, and the bytes that were given stay as they are', async () => {
  const bytes = file({ a: '1', b: '2' })
  const before = bytes.slice()
  const asked: [string, number][] = []
  const metadata = { c: 'ü'.repeat(100) }
  const changed = rewriteModel(bytes, {
    valuesOf(name, length) {
      asked.push([name, length])
      return Float32Array.of(-3, 0.5)
    },
    metadata,
  })
  expect(asked).toEqual([['layer/w', 2]])
  expect(bytes).toEqual(before)
  expect(readModel(changed)).toEqual({ ...readModel(bytes), metadata })
  expect(await product(changed)).toEqual([-3, 0.5])
})

test('what is kept and said again is the same file', async () => {
  const metadata = { a: '1', b: '2'.repeat(20_000) }
  expect(rewriteModel(file({ other: '' }), { valuesOf: () => undefined, metadata })).toEqual(file(metadata))
})

test('as many values as there are, or none', async () => {
  const wrong = { valuesOf: () => Float32Array.of(1), metadata: {} }
  expect(await failure(() => rewriteModel(file({}), wrong, 'f.onnx'))).toMatchObject({
    code: 'model',
    message: 'layer/w has 2 values, and is to be replaced by 1',
  })
  expect(await failure(() => rewriteModel(Uint8Array.of(255), wrong))).toMatchObject({ code: 'model' })
})
