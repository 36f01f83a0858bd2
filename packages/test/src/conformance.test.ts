import { placement } from '@tempocode/runtime'
import { beforeAll, expect, test } from 'vitest'
import { conforms } from './conformance.js'
import { CASES, deviceCases } from './device-cases.js'
import { onnxFeatures } from './encoder-features.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

test.each(['cpu', 'wasm'] as const)(
  'encoders of every kind give tfjs’s features on %s, in both forms',
  async (device) => {
    const { operators, plain } = await conforms(device, (file, windows) =>
      onnxFeatures(file, windows, device),
    )
    expect(operators).toBe(CASES)
    expect(plain).toBe(CASES)
  },
)

test('the plain form has no node that cuda does not run, where the other has', () => {
  const refused = { operators: 0, plain: 0 }
  for (const { operators, plain } of deviceCases()) {
    if (placement(operators, 'cuda').length > 0) refused.operators++
    expect(placement(plain, 'cuda')).toEqual([])
  }
  expect(refused.operators).toBeGreaterThan(10)
})
