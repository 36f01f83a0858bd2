import { readFileSync } from 'node:fs'
import { loadEncoder } from '@tempocode/runtime'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { printResult, scriptInput } from '../child.js'
import { median } from '../statistics.js'
import { waves } from '../waves.js'
import { WRAPPED } from './networks.js'
import type { Wrapped } from './results.js'

// What our encoder adds to ONNX Runtime's session, in a process of its own.

const BLOCK = 50 // milliseconds

interface Pair extends Pick<Wrapped, 'name' | 'limit'> {
  session: () => Promise<unknown>
  ours: () => Promise<unknown>
}

const { path, rounds } = scriptInput<{ path: string; rounds: number }>()
const { window, columns } = WRAPPED
const encoder = await loadEncoder(path, { device: 'cpu' })
const session = await bareSession(path)
const step = await bareSession(path.replace(/\.onnx$/, '.stream.onnx'))
const results: Wrapped[] = []
for (const pair of [windowsOf(64, { part: 0.03 }), windowsOf(1, { microseconds: 4 }), await rows()]) {
  results.push(await compare(pair))
}
printResult(results)

/** With the options that ours has. */
function bareSession(file: string): Promise<InferenceSession> {
  return InferenceSession.create(readFileSync(file), {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  })
}

function windowsOf(batch: number, limit: Wrapped['limit']): Pair {
  const values = waves(batch * window, columns)
  return {
    name: `${WRAPPED.name}, encode, ${batch === 1 ? 'one window' : `${batch} windows`}`,
    limit,
    session: () => session.run({ input: new Tensor('float32', values, [batch, window, columns]) }),
    ours: () => encoder.encode(values),
  }
}

async function rows(): Promise<Pair> {
  const row = waves(1, columns)
  const stream = encoder.stream()
  await stream.push(row)
  const size = (await stream.state()).length
  let state = new Tensor('float32', new Float32Array(size), [1, size])
  return {
    name: `${WRAPPED.name}, stream, one row`,
    limit: { microseconds: 4 },
    async session() {
      const outputs = await step.run({ row: new Tensor('float32', row, [1, columns]), state })
      state = outputs['state.next'] as typeof state
    },
    ours: () => stream.push(row),
  }
}

/** Blocks of calls take turns, every other round backwards, so that what the machine does falls on both alike. */
async function compare({ name, limit, session, ours }: Pair): Promise<Wrapped> {
  await block(session)
  await block(ours)
  const times: { session: number; ours: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const isForward = round % 2 === 0
    const first = await block(isForward ? session : ours)
    const second = await block(isForward ? ours : session)
    times.push(isForward ? { session: first, ours: second } : { session: second, ours: first })
  }
  return {
    name,
    limit,
    session: median(times.map(({ session }) => session)),
    ours: median(times.map(({ ours }) => ours)),
    more: median(times.map(({ session, ours }) => ours - session)),
  }
}

/** @returns microseconds of a call, in the mean */
async function block(call: () => Promise<unknown>): Promise<number> {
  await call() // brings back to the caches what the other has driven out
  const begin = performance.now()
  let calls = 0
  let now = begin
  while (now - begin < BLOCK) {
    await call()
    calls++
    now = performance.now()
  }
  return (1000 * (now - begin)) / calls
}
