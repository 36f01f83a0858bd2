import { createSession } from '@tempocode/runtime'
import { expect, test } from 'vitest'
import { encodeModel } from '../onnx/encode.js'
import { type ActivationName, activations } from './activations.js'
import { Graph } from './graph.js'
import { mul } from './ops.js'

const REFERENCE: Record<ActivationName, (x: number) => number> = {
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x) => Math.max(0, x),
  hardSigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
}
const XS = [-7, -2.6, -2.4, -1, -0.1, 0.1, 0.7, 1.3, 2.4, 2.6, 7] // hardSigmoid is flat beyond ±2.5
const PS = XS.map((_, i) => 1.5 - i / 4)

test.each(Object.keys(REFERENCE) as ActivationName[])('%s and its derivative', async (name) => {
  const { apply, backward } = activations[name]
  const graph = new Graph(name)
  const [x, p] = ['x', 'p'].map((input) => graph.input(input, [XS.length]))
  const y = apply(x)
  graph.output(y, 'y')
  graph.output(backward(p, y), 'dx')
  graph.output(backward(p, y, mul(p, y)), 'dx with p·y at hand')
  const session = await createSession(encodeModel(graph, { version: '0', metadata: {} }), 'cpu')
  const feed = (values: number[]) => ({ data: Float32Array.from(values), shape: [values.length] })
  const outputs = await session.run({ x: feed(XS), p: feed(PS) })
  await session.release()

  const f = REFERENCE[name]
  const h = 1e-6
  const slopes = XS.map((x, i) => (PS[i] * (f(x + h) - f(x - h))) / (2 * h))
  for (const [output, expected] of [
    ['y', XS.map(f)],
    ['dx', slopes],
    ['dx with p·y at hand', slopes],
  ] as const) {
    expected.forEach((value, i) => {
      expect(Number(outputs[output].data[i]), `${output} at ${XS[i]}`).toBeCloseTo(value, 6)
    })
  }
})
