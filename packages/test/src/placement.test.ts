import { placement } from '@tempocode/runtime'
import { beforeAll, expect, test } from 'vitest'
import { deviceCases } from './device-cases.js'
import { feedsOf } from './encoder-features.js'
import { operatorCases } from './operator-cases.js'
import { profile } from './profile.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

// Both devices are ONNX Runtime's CPU provider.
test.each(['cpu', 'wasm'] as const)('%s runs every operator, and every node of it', async (device) => {
  for (const [name, { file, feeds }] of Object.entries(operatorCases)) {
    expect(placement(file, device)).toEqual([])
    const { nodes } = await profile(file, device, feeds)
    expect(nodes.length, name).toBeGreaterThan(0)
    expect(new Set(nodes.map(({ provider }) => provider)), name).toEqual(new Set(['CPU']))
  }
})

test('the plain form runs as loops, the other one as recurrent operators', async () => {
  for (const { name, windows, operators, plain } of deviceCases()) {
    if (windows.shape[0] > 1) continue
    const [own, loops] = await Promise.all(
      [operators, plain].map(async (file) => (await profile(file, 'cpu', feedsOf(windows))).nodes),
    )
    const isRecurrent = own.some(({ operator }) => operator === 'LSTM' || operator === 'GRU')
    expect(
      loops.some(({ operator }) => operator === 'Scan'),
      name,
    ).toBe(isRecurrent)
    expect(loops.filter(({ operator }) => operator === 'LSTM' || operator === 'GRU')).toEqual([])
  }
})
