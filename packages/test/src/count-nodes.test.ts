import { toTrainingOnnx } from '@tempocode/converters'
import { lstmAutoencoder } from '@tempocode/models'
import { expect, test } from 'vitest'
import { writeModel } from '../../runtime/src/testing/onnx-writer.js'
import { countNodes } from './count-nodes.js'

test('nodes at the top level are counted', () => {
  const add = { op: 'Add', inputs: ['x', 'x'], outputs: ['y'] }
  const model = {
    nodes: [add, { ...add, outputs: ['z'] }],
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
  }
  expect(countNodes(writeModel(model))).toBe(2)
})

test('a training graph is one Scan, whose body counts too, and does not grow with the window', () => {
  const nodes = (window: number) => {
    const model = lstmAutoencoder({ window, columns: 1, units: [2] })
    return countNodes(toTrainingOnnx(model, { scaler: { kind: 'none', center: [0], scale: [1] } }).bytes)
  }
  expect(nodes(4)).toBeGreaterThan(50)
  expect(nodes(400)).toBe(nodes(4))
})
