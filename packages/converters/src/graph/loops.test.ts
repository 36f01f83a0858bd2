import { createSession } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { encodeModel } from '../onnx/encode.js'
import { Graph } from './graph.js'
import { scan, scanBlocks } from './loops.js'
import { add, mul, reduceSum } from './ops.js'

/** total = scale · total₋ + x at each step, over x [steps, 2]. */
async function totals(reverse: boolean) {
  const graph = new Graph('g')
  const x = graph.input('x', ['steps', 2])
  const scale = graph.input('scale', [])
  const { state, kept } = scan(
    { name: 'totals', state: [graph.constant([0, 0], [2])], sequences: [x], reverse },
    ([total], [part]) => {
      const next = add(mul(total, scale), part)
      return { state: [next], keep: [mul(next, 10)] }
    },
  )
  expect([state[0].shape, kept[0].shape]).toEqual([[2], ['steps', 2]])
  graph.output(state[0], 'last')
  graph.output(kept[0], 'all')
  const session = await createSession(encodeModel(graph, { version: '0', metadata: {} }), 'cpu')
  const { last, all } = await session.run({
    x: { data: Float32Array.of(1, 10, 2, 20, 3, 30), shape: [3, 2] },
    scale: { data: Float32Array.of(2), shape: [] },
  })
  await session.release()
  return { last: [...last.data], all: [...all.data], shape: all.shape }
}

test('scan carries a state from the first step to the last, and keeps something of each', async () => {
  expect(await totals(false)).toEqual({ last: [11, 110], all: [10, 100, 40, 400, 110, 1100], shape: [3, 2] })
})

test('in reverse it starts at the last step, and what is kept stands in the order of the steps', async () => {
  expect(await totals(true)).toEqual({ last: [17, 170], all: [170, 1700, 80, 800, 30, 300], shape: [3, 2] })
})

/** Of x [6, 2] in blocks of `size` rows: each step and the sum of what is kept, carried on from block to block. */
async function blockTotals(size: number, reverse: boolean) {
  const graph = new Graph('g')
  const x = graph.input('x', [6, 2])
  const { state, kept, sums } = scanBlocks(
    {
      name: 'blocks',
      state: [graph.constant([0, 0], [2])],
      sequences: [x, undefined, mul(x, 2)],
      reverse,
      size,
    },
    (before, [x, nothing, doubled]) => {
      const result = scan({ name: 'totals', state: before, sequences: [x], reverse }, ([total], [part]) => {
        const next = add(mul(total, 2), part!)
        return { state: [next], keep: [mul(next, 10)] }
      })
      expect(nothing).toBeUndefined()
      return { state: result.state, keep: result.kept, sums: [reduceSum(doubled, [0])] }
    },
  )
  graph.output(state[0], 'last')
  graph.output(kept[0], 'all')
  graph.output(sums[0], 'sum')
  const session = await createSession(encodeModel(graph, { version: '0', metadata: {} }), 'cpu')
  const data = Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60)
  const outputs = await session.run({ x: { data, shape: [6, 2] } })
  await session.release()
  return Object.values(outputs).map(({ data, shape }) => ({ data: [...data], shape }))
}

test.each([false, true])('a scan in blocks is the scan of all steps, reverse: %s', async (reverse) => {
  const whole = await blockTotals(6, reverse)
  expect(whole[2]).toEqual({ data: [42, 420], shape: [2] })
  for (const size of [1, 2, 3]) expect(await blockTotals(size, reverse)).toEqual(whole)
})

test('what the body of a scan does not use is not handed in', () => {
  const graph = new Graph('g')
  const x = graph.input('x', [5, 3])
  const { kept } = scan({ name: 'loop', state: [], sequences: [x, mul(x, 2)] }, (_, [part]) => ({
    state: [],
    keep: [mul(part, 3)],
  }))
  graph.output(kept[0])
  expect(graph.liveNodes.map(({ type, inputs }) => [type, inputs.length])).toEqual([['Scan', 1]])
})
