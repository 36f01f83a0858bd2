import { expect, test } from 'vitest'
import { inspectModel } from './inspect.js'
import { readModel } from './model-file.js'
import { decoderMetadata, writeDecoder } from './testing/decoder-file.js'
import { encoderGraph, testMetadata, writeEncoder } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import { forecasterMetadata, writeForecaster } from './testing/forecaster-file.js'
import { writeModel } from './testing/onnx-writer.js'

test('tells of a Tempocode file all but its weights and golden values, fit for JSON', () => {
  const bytes = writeEncoder()
  const { golden, ...rest } = testMetadata()
  const inspection = inspectModel(bytes)
  expect(inspection).toEqual({
    ...readModel(bytes),
    size: bytes.length,
    devices: { cpu: [], cuda: [], wasm: [], webgpu: [] },
    tempocode: { ...rest, golden: { input: [2, 4, 2], output: [2, 3], tolerance: golden.tolerance } },
  })
  expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection)
})

test('tells of a decoder its heads, and of arrays their shapes', () => {
  const bytes = writeDecoder()
  const { golden, codes, ...rest } = decoderMetadata()
  const inspection = inspectModel(bytes)
  expect(inspection.tempocode).toEqual({
    ...rest,
    codes: { windows: codes?.windows },
    golden: {
      input: [2, 3],
      outputs: { reconstruction: [2, 4, 2], prediction: [2, 2, 2] },
      tolerance: golden.tolerance,
    },
  })
  expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection)
})

test('tells of a forecaster all but its scales and golden values', () => {
  const { golden, center, scale, ...rest } = forecasterMetadata()
  const inspection = inspectModel(writeForecaster())
  const outputs = { forecast: [2, 3, 1], lower: [2, 3, 1], upper: [2, 3, 1] }
  expect(inspection.tempocode).toEqual({
    ...rest,
    golden: { input: [2, 4, 4], outputs, tolerance: golden.tolerance },
  })
  expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection)
})

test('tells of another tool’s file what there is', () => {
  const { nodes, ...rest } = encoderGraph()
  const bytes = writeModel({
    ...rest,
    nodes: [...nodes, { op: 'Sign', inputs: ['input'], outputs: ['sign'] }],
  })
  const refused = { node: 'sign', operator: 'Sign', reason: 'webgpu has no kernel for Sign' }
  expect(inspectModel(bytes)).toEqual({
    ...readModel(bytes),
    size: bytes.length,
    devices: { cpu: [], cuda: [], wasm: [], webgpu: [refused] },
  })
})

test('malformed metadata are refused', async () => {
  const bytes = writeModel({ ...encoderGraph(), metadata: { 'tempocode.format': '9' } })
  expect((await failure(() => inspectModel(bytes, 'a.onnx'))).message).toBe(
    'a.onnx: metadata format 9 is unknown; this version reads format 1',
  )
})
