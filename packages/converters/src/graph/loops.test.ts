import { createSession } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { encodeModel } from '../onnx/encode.js'
import { Graph } from './graph.js'
import { scan } from './loops.js'
import { add, mul } from './ops.js'

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
