import { expect, test } from 'vitest'
import { denseAutoencoder } from './dense-autoencoder.js'
import { gruAutoencoder } from './gru-autoencoder.js'
import { lstmAutoencoder } from './lstm-autoencoder.js'
import { family, started } from './testing/family.js'
import type { Matrix } from './testing/plain.js'
import { difference, weightsOf } from './testing/tensors.js'

const zeros = (n: number) => Array.from({ length: n }, () => 0)
const ones = (n: number) => zeros(n).fill(1)

/** Whether the rows of a matrix are orthonormal. */
function deviation(matrix: Matrix): number {
  const products = matrix.map((a) => matrix.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0)))
  return difference(
    products,
    matrix.map((_, i) => matrix.map((_, j) => Number(i === j))),
  )
}

test.each([true, false])('a GRU: Glorot, orthogonal, biases 0, resetAfter %j', (resetAfter) => {
  const model = gruAutoencoder({ window: 3, columns: 2, units: [4], resetAfter })
  const [kernel, recurrentKernel, bias] = weightsOf<[Matrix, Matrix, Matrix]>(model.getLayer('encoder_1'))
  const limit = Math.sqrt(6 / (2 + 12))
  const sizes = kernel.flat().map(Math.abs)
  expect(Math.max(...sizes)).toBeLessThan(limit)
  expect(Math.max(...sizes)).toBeGreaterThan(limit / 2)
  expect(deviation(recurrentKernel)).toBeLessThan(1e-6)
  expect(bias).toEqual(resetAfter ? [zeros(12), zeros(12)] : zeros(12))
})

test('both directions draw from streams of their own, and each opens its forget gate', () => {
  const model = lstmAutoencoder({ window: 3, columns: 2, units: [4], bidirectional: true })
  const layer = model.getLayer('encoder_1')
  const [k1, r1, b1, k2, r2, b2] = weightsOf<Matrix[]>(layer)
  expect(difference(k1, k2)).toBeGreaterThan(0.1)
  expect(difference(r1, r2)).toBeGreaterThan(0.1)
  expect([deviation(r1), deviation(r2)].every((size) => size < 1e-6)).toBe(true)
  const bias = [...zeros(2), ...ones(2), ...zeros(4)]
  expect([b1, b2]).toEqual([bias, bias])
})

test('a conditional decoder begins like an LSTM and a Dense', () => {
  const model = lstmAutoencoder({ window: 3, columns: 2, units: [4], conditional: true })
  const weights = weightsOf<[Matrix, Matrix, number[], Matrix, number[]]>(model.getLayer('reconstruction'))
  const [kernel, recurrentKernel, bias, denseKernel, denseBias] = weights
  expect(kernel.flat().every((value) => value !== 0)).toBe(true)
  expect(deviation(recurrentKernel)).toBeLessThan(1e-6)
  expect(bias).toEqual([...zeros(4), ...ones(4), ...zeros(8)])
  expect(Math.max(...denseKernel.flat().map(Math.abs))).toBeLessThan(1) // √(6 / (4 + 2))
  expect(denseKernel.flat().every((value) => value !== 0)).toBe(true)
  expect(denseBias).toEqual(zeros(2))
})

test('tied and untied networks of a seed have the same encoder; a tied layer’s bias is 0', () => {
  const build = (tied: boolean) => denseAutoencoder({ window: 3, columns: 2, units: [4, 3], tied, seed: 5 })
  const encoder = (tied: boolean) =>
    ['encoder_1', 'encoder_2'].map((name) => weightsOf(build(tied).getLayer(name)))
  expect(encoder(true)).toEqual(encoder(false))
  expect(weightsOf(build(true).getLayer('decoder_2'))).toEqual([zeros(6)])
})

test.each([...family, ...started])('%s: no two kernels are alike, and none is 0', (_, build) => {
  const kernels = build().weights.filter(({ originalName }) => originalName.endsWith('kernel'))
  const values = kernels.map((weight) => [...weight.read().dataSync()])
  expect(values.every((list) => list.every((value) => value !== 0))).toBe(true)
  expect(new Set(values.map(([first]) => first)).size).toBe(values.length)
})
