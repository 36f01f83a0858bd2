import { expect, test } from 'vitest'
import { forecasterDevice } from './with-forecaster.js'

test('files run where the training did, but for CUDA, which not every file runs on', () => {
  expect(forecasterDevice('cuda')).toBe('auto')
  expect((['auto', 'cpu', 'wasm', undefined] as const).map(forecasterDevice)).toEqual([
    'auto',
    'cpu',
    'wasm',
    undefined,
  ])
})
