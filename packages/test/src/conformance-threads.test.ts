import { beforeAll, expect, test } from 'vitest'
import { conforms } from './conformance.js'
import { CASES } from './device-cases.js'
import { onnxFeatures } from './encoder-features.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

// In a file of its own: a process has as many threads on wasm as its first session asks for.
test('encoders of every kind give tfjs’s features on wasm with 2 threads, in both forms', async () => {
  const { operators, plain } = await conforms('wasm', (file, windows) =>
    onnxFeatures(file, windows, 'wasm', 2),
  )
  expect([operators, plain]).toEqual([CASES, CASES])
})
