import { loadEncoder } from '@tempocode/runtime'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { printResult, scriptInput } from '../child.js'
import { median } from '../statistics.js'
import { waves } from '../waves.js'
import { WRAPPED } from './networks.js'
import type { Wrapped } from './results.js'

// What our encoder adds to ONNX Runtime's session, in a process of its own. One thread: with two, the system's choice of
// where they run moves a call's time by a third, and what we look for is a hundredth.

const BLOCK = 50 // milliseconds

interface Pair extends Pick<Wrapped, 'name' | 'limit'> {
  session: () => Promise<unknown>
  ours: () => Promise<unknown>
}

const { path, rounds } = scriptInput<{ path: string; rounds: number }>()
const { window, columns } = WRAPPED
const [encoder, session] = await withSession(() => loadEncoder(path, { device: 'cpu', threads: 1 }))
const results: Wrapped[] = []
for (const pair of [windowsOf(64, { part: 0.03 }), windowsOf(1, { microseconds: 4 }), await rows()]) {
  results.push(await compare(pair))
}
printResult(results)

/**
 * What `load` gives, and the session that it creates: both are timed on the same one, since two of one file differ by a
 * few hundredths, by the memory that they happen to get.
 */
async function withSession<T>(load: () => Promise<T>): Promise<[T, InferenceSession]> {
  const { create } = InferenceSession as unknown as {
    create: (...args: unknown[]) => Promise<InferenceSession>
  }
  let session: InferenceSession | undefined
  const watched = async (...args: unknown[]) => {
    session = await create.apply(InferenceSession, args)
    return session
  }
  Object.assign(InferenceSession, { create: watched })
  const loaded = await load()
  Object.assign(InferenceSession, { create })
  return [loaded, session!]
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
  const [, step] = await withSession(() => stream.push(row))
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

/** @returns microseconds of a call: the median, since one that had to wait for a processor says nothing of either */
async function block(call: () => Promise<unknown>): Promise<number> {
  await call() // brings back to the caches what the other has driven out
  const times: number[] = []
  const end = performance.now() + BLOCK
  for (let begin = performance.now(); begin < end; ) {
    await call()
    const now = performance.now()
    times.push(now - begin)
    begin = now
  }
  return 1000 * median(times)
}
