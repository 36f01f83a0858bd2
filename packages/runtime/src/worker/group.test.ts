import { afterEach, expect, test } from 'vitest'
import { writeModel } from '../testing/onnx-writer.js'
import type { Run, Workspace } from '../workspace.js'
import { openGroup } from './node.js'

const adder = (a: string, b: string, y: string) =>
  writeModel({
    nodes: [{ op: 'Add', inputs: [a, b], outputs: [y] }],
    inputs: [
      { name: a, dims: [2] },
      { name: b, dims: [2] },
    ],
    outputs: [{ name: y, dims: [2] }],
  })
const tensor = (...values: number[]) => ({ data: Float32Array.from(values), shape: [values.length] })
const shared = () => ({ data: new Float32Array(new SharedArrayBuffer(8)), shape: [2] })

let group: Workspace[] = []
afterEach(() => Promise.all(group.map((workspace) => workspace.close().catch(() => {}))))

async function open(size: number): Promise<void> {
  group = openGroup(size, 'cpu', { threads: 1 })
  const slots = Object.fromEntries(group.map((_, k) => [`slot.${k}`, shared()]))
  for (const workspace of group) {
    await workspace.load('own', adder('x', 'y', 'own'))
    await workspace.load('sum', adder('slot.0', 'slot.1', 'sum'))
    await workspace.put(slots)
  }
}

test('what each writes, all read after they have met, many times over', async () => {
  await open(2)
  const rounds = 200
  const results = await Promise.all(
    group.map((workspace, k) =>
      workspace.runTogether(
        Array.from({ length: rounds }, (_, round): Run[] => [
          { graph: 'own', feeds: { x: tensor(round, k), y: tensor(1, 1) }, carry: { own: `slot.${k}` } },
          { graph: 'sum', feeds: {} },
        ]).flat(),
      ),
    ),
  )
  for (const outputs of results) {
    const sums = outputs.filter((_, i) => i % 2 === 1).map(({ sum }) => [...sum.data])
    expect(sums).toEqual(Array.from({ length: rounds }, (_, round) => [2 * round + 2, 3]))
  }
})

test('where one fails, the others do not wait for it', async () => {
  await open(2)
  const [good, bad] = await Promise.allSettled([
    group[0].runTogether([
      { graph: 'sum', feeds: {} },
      { graph: 'sum', feeds: {} },
    ]),
    group[1].runTogether([
      { graph: 'none', feeds: {} },
      { graph: 'sum', feeds: {} },
    ]),
  ])
  expect(bad).toMatchObject({ reason: { message: 'no graph "none" is loaded' } })
  expect(good).toMatchObject({
    reason: { code: 'device', message: 'another thread of the group has failed' },
  })
})

test('where one has failed, those that come later do not wait for it', async () => {
  await open(2)
  await Promise.allSettled([
    group[0].runTogether([{ graph: 'sum', feeds: {} }]),
    group[1].runTogether([{ graph: 'none', feeds: {} }]),
  ])
  await expect(group[0].runTogether([{ graph: 'sum', feeds: {} }])).rejects.toMatchObject({ code: 'device' })
})

test('where one ends, the others do not wait for it', async () => {
  await open(2)
  const waiting = group[0].runTogether([{ graph: 'sum', feeds: {} }])
  await group[1].close()
  await expect(waiting).rejects.toMatchObject({ code: 'device' })
})
