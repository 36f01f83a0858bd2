import { afterEach, expect, test } from 'vitest'
import { createSession } from '../node.js'
import { writeModel } from '../testing/onnx-writer.js'
import { LocalWorkspace, type Workspace } from '../workspace.js'
import { openWorkspace } from './node.js'

// total.next = total + x, twice = x + x
const counter = writeModel({
  nodes: [
    { op: 'Add', inputs: ['total', 'x'], outputs: ['total.next'] },
    { op: 'Add', inputs: ['x', 'x'], outputs: ['twice'] },
  ],
  inputs: [
    { name: 'total', dims: [2] },
    { name: 'x', dims: [2] },
  ],
  outputs: [
    { name: 'total.next', dims: [2] },
    { name: 'twice', dims: [2] },
  ],
})
const tensor = (...values: number[]) => ({ data: Float32Array.from(values), shape: [values.length] })

let workspace: Workspace | undefined
afterEach(() => workspace?.close().catch(() => {}))

const places: Record<string, () => Workspace> = {
  'in this thread': () => new LocalWorkspace((bytes) => createSession(bytes, 'cpu')),
  'in a worker, cpu': () => openWorkspace('cpu', { threads: 1 }),
  'in a worker, wasm': () => openWorkspace('wasm', { threads: 1 }),
}

test.each(Object.entries(places))('tensors are carried from run to run %s', async (_, open) => {
  workspace = open()
  await workspace.load('counter', counter)
  await workspace.put({ total: tensor(1, 2) })
  const outputs = [3, 4, 5].map((x) =>
    workspace!.run('counter', { x: tensor(x, x) }, { 'total.next': 'total' }),
  )
  expect((await Promise.all(outputs)).map(({ twice }) => twice.data[0])).toEqual([6, 8, 10])
  const { total } = await workspace.get(['total'])
  expect([...total.data]).toEqual([13, 14])
  expect([...(await workspace.get(['total'])).total.data]).toEqual([13, 14])
})

test.each(Object.entries(places))(
  'errors keep their code and do not stop later calls %s',
  async (_, open) => {
    workspace = open()
    await expect(workspace.load('broken', counter.slice(0, 40))).rejects.toMatchObject({ code: 'model' })
    await workspace.load('counter', counter)
    await expect(workspace.run('other', {})).rejects.toMatchObject({
      code: 'data',
      message: 'no graph "other" is loaded',
    })
    await expect(workspace.run('counter', { x: tensor(1, 1) })).rejects.toThrow('no tensor "total" is stored')
    await workspace.put({ total: tensor(0, 0) })
    expect(Object.keys(await workspace.run('counter', { x: tensor(1, 1) }))).toEqual(['total.next', 'twice'])
  },
)

test('this thread is free while a worker works, and a worker that ends rejects what it had', async () => {
  workspace = openWorkspace('cpu')
  await workspace.load('counter', counter)
  const late = [workspace.close(), workspace.get(['total'])]
  await expect(late[1]).rejects.toMatchObject({ code: expect.stringMatching(/data|device/) })
  await late[0]
  await expect(workspace.get(['total'])).rejects.toMatchObject({
    code: 'device',
    message: 'the worker has ended',
  })
})
