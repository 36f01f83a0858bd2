import { expect, test } from 'vitest'
import { lastRowErrors } from './last-row.js'

const scaler = { kind: 'standard' as const, center: [5, 5], scale: [2, 4] }
const columns = ['pressure', 'flow']
const head = (name: string, offset: number, steps: number) => ({ name, offset, steps })

test('of a reconstruction the last row of each window, in scaled units', () => {
  const rows = Float32Array.of(0, 0, 0, 0, 1, 8, /**/ 0, 0, 0, 0, 3, 3)
  const reconstruction = Float32Array.of(9, 9, 9, 9, 3, 4, /**/ 9, 9, 9, 9, 3, 1)
  const metadata = { span: 3, columns, heads: [head('reconstruction', 0, 3)], scaler }
  // (2/2 + 4/4) / 2 and (0/2 + 2/4) / 2
  expect([...lastRowErrors(rows, { reconstruction }, metadata)]).toEqual([1, 0.25])
})

test('of a prediction the last predicted row, whatever else is reconstructed', () => {
  const rows = Float32Array.of(1, 2, 3, 4)
  const outputs = { reconstruction: Float32Array.of(50, 60), prediction: Float32Array.of(70, 4.5) }
  const heads = [head('reconstruction', 0, 2), head('prediction', 2, 2)]
  const metadata = { span: 4, columns: ['flow'], heads, scaler: { ...scaler, center: [0], scale: [0.25] } }
  expect([...lastRowErrors(rows, outputs, metadata)]).toEqual([2])
})

test('heads that give the same row count alike', () => {
  const rows = Float32Array.of(1, 2, 3)
  const outputs = { reconstruction: Float32Array.of(0, 0, 4), shifted_prediction: Float32Array.of(0, 6) }
  const heads = [head('reconstruction', 0, 3), head('shifted_prediction', 1, 2)]
  const metadata = { span: 3, columns: ['flow'], heads, scaler: { ...scaler, center: [0], scale: [1] } }
  expect([...lastRowErrors(rows, outputs, metadata)]).toEqual([2])
})

test('of a padded sequence the last row that counts; NaN where none is compared', () => {
  const rows = Float32Array.of(1, 2, 0, /**/ 1, 0, 0)
  const shifted_prediction = Float32Array.of(2.5, 9, /**/ 9, 9)
  const metadata = {
    span: 3,
    columns: ['flow'],
    heads: [head('shifted_prediction', 1, 2)],
    scaler: { ...scaler, center: [0], scale: [1] },
  }
  const errors = lastRowErrors(rows, { shifted_prediction }, metadata, Int32Array.of(2, 1))
  expect([...errors]).toEqual([0.5, Number.NaN])
})
