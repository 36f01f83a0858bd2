import { describe, expect, test } from 'vitest'
import { createSession } from './node.js'
import type { SessionDevice, Tensor } from './session.js'
import { failure } from './testing/failure.js'
import { type Value, writeModel } from './testing/onnx-writer.js'

/** What comes in goes out, for each value. */
const identity = (...values: Value[]) =>
  writeModel({
    nodes: values.map(({ name }) => ({ op: 'Identity', inputs: [name], outputs: [`${name}.out`] })),
    inputs: values,
    outputs: values.map((value) => ({ ...value, name: `${value.name}.out` })),
  })

/** Fails inside the graph where the shape that is fed does not fit the data. */
const reshape = writeModel({
  nodes: [{ op: 'Reshape', inputs: ['x', 'shape'], outputs: ['y'] }],
  inputs: [
    { name: 'x', dims: ['n'] },
    { name: 'shape', type: 7, dims: [2] },
  ],
  outputs: [{ name: 'y', dims: ['a', 'b'] }],
})
const reshapeTo = (rows: bigint, value = 0) => ({
  x: { data: new Float32Array(6).fill(value), shape: [6] },
  shape: { data: BigInt64Array.of(rows, -1n), shape: [2] },
})

const float = { name: 'x', dims: ['n', 2] }
const tensor = (...data: number[]): Tensor => ({ data: Float32Array.from(data), shape: [data.length / 2, 2] })

describe.each<SessionDevice>(['cpu', 'wasm'])('on %s', (device) => {
  test('every element type goes in and comes out', async () => {
    const feeds: Record<string, Tensor> = {
      f32: { data: Float32Array.of(1.5, Number.NaN, -0, 1e-45), shape: [2, 2] },
      f64: { data: Float64Array.of(Math.PI), shape: [1] },
      i64: { data: BigInt64Array.of(-(2n ** 62n), 7n), shape: [2] },
      i32: { data: Int32Array.of(-5), shape: [] },
      bool: { data: Uint8Array.of(1, 0, 1), shape: [1, 3] },
    }
    const session = await createSession(
      identity(
        { name: 'f32', type: 1, dims: ['n', 2] },
        { name: 'f64', type: 11, dims: [1] },
        { name: 'i64', type: 7, dims: ['n'] },
        { name: 'i32', type: 6, dims: [] },
        { name: 'bool', type: 9, dims: [1, 'n'] },
      ),
      device,
    )
    expect(session).toMatchObject({ device, inputs: Object.keys(feeds) })
    expect(session.outputs).toEqual(Object.keys(feeds).map((name) => `${name}.out`))
    const outputs = await session.run(feeds)
    for (const [name, feed] of Object.entries(feeds)) expect(outputs[`${name}.out`]).toEqual(feed)
    await session.release()
  })

  test('runs end in their order, a failed one does not stop the next, and release waits for all', async () => {
    const session = await createSession(reshape, device)
    const ended: string[] = []
    const note = (name: string) => () => ended.push(name)
    const first = session.run(reshapeTo(2n, 1))
    const bad = failure(() => session.run(reshapeTo(4n)))
    const last = session.run(reshapeTo(3n, 2))
    const release = session.release()
    await Promise.all([
      first.then(note('first')),
      bad.then(note('bad')),
      last.then(note('last')),
      release.then(note('release')),
    ])
    expect(ended).toEqual(['first', 'bad', 'last', 'release'])
    expect(await first).toEqual({ y: { data: new Float32Array(6).fill(1), shape: [2, 3] } })
    expect(await last).toEqual({ y: { data: new Float32Array(6).fill(2), shape: [3, 2] } })
    const error = await bad
    expect(error.code).toBe('device')
    expect(error.message).toMatch(new RegExp(`^${device} cannot run the graph: .*Reshape`, 's'))
    expect(error.cause).toBeInstanceOf(Error)
  })

  test('after release runs reject, and another release does nothing', async () => {
    const session = await createSession(identity(float), device)
    await session.release()
    await session.release()
    const error = await failure(() => session.run({ x: tensor(1, 2) }))
    expect(error).toMatchObject({ code: 'device', message: 'the session is released; create another one' })
  })

  test.each<[string, Record<string, Tensor>, string]>([
    ['a missing feed', {}, 'feed "x" is missing; the graph takes x'],
    ['an unknown feed', { x: tensor(1, 2), y: tensor(1, 2) }, 'feed "y" is unknown; use x'],
    [
      'another type',
      { x: { data: Int32Array.of(1, 2), shape: [1, 2] } },
      'feed "x" is an Int32Array; the graph takes a Float32Array (float32)',
    ],
    [
      'another rank',
      { x: { data: Float32Array.of(1, 2), shape: [2] } },
      'feed "x" has shape [2]; the graph takes [n, 2]',
    ],
    [
      'another size',
      { x: { data: new Float32Array(3), shape: [1, 3] } },
      'feed "x" has shape [1, 3]; the graph takes [n, 2]',
    ],
    ['a batch of 0', { x: tensor() }, 'feed "x" has shape [0, 2]; the graph takes [n, 2]'],
    ['a broken size', { x: { data: new Float32Array(3), shape: [1.5, 2] } }, 'feed "x" has shape [1.5, 2]'],
    [
      'too few data',
      { x: { data: new Float32Array(3), shape: [2, 2] } },
      'feed "x" has 3 elements; its shape [2, 2] takes 4',
    ],
  ])('%s is refused', async (_, feeds, message) => {
    const session = await createSession(identity(float), device)
    const error = await failure(() => session.run(feeds))
    expect(error.code).toBe('data')
    expect(error.message).toContain(message)
    expect(await session.run({ x: tensor(3, 4) })).toEqual({ 'x.out': tensor(3, 4) })
    await session.release()
  })

  test('bytes that ONNX Runtime refuses are refused with its reason', async () => {
    const error = await failure(() => createSession(Uint8Array.of(1, 2, 3), device))
    expect(error.code).toBe('model')
    expect(error.message).toMatch(new RegExp(`^${device} cannot load the model: .*protobuf parsing failed`))
    expect(error.cause).toBeInstanceOf(Error)
  })

  test('an operator that ONNX Runtime lacks is refused by name', async () => {
    const nodes = [{ op: 'Frobnicate', inputs: ['x'], outputs: ['y'] }]
    const bytes = writeModel({ nodes, inputs: [float], outputs: [{ ...float, name: 'y' }] })
    const error = await failure(() => createSession(bytes, device))
    expect(error.code).toBe('model')
    expect(error.message).toContain('Frobnicate')
  })

  test('an element type that a Tensor cannot hold is refused', async () => {
    const error = await failure(() => createSession(identity({ name: 'x', type: 8, dims: [1] }), device))
    expect(error).toMatchObject({
      code: 'model',
      message: '"x" of the model is string; use float32, float64, int64, int32, bool',
    })
  })
})

test.each([0, -1, 1.5, Number.NaN])('threads %s is refused', async (threads) => {
  const error = await failure(() => createSession(identity(float), 'cpu', { threads }))
  expect(error).toMatchObject({
    code: 'option',
    message: `threads ${threads} is not allowed; use a whole number above 0`,
  })
})

test('unknown options and devices are refused', async () => {
  const options: object = { thread: 2 }
  expect((await failure(() => createSession(identity(float), 'cpu', options))).message).toBe(
    'option "thread" is unknown; use threads, wasmPaths, cuda',
  )
  const device = 'gpu' as SessionDevice
  expect(await failure(() => createSession(identity(float), device))).toMatchObject({
    code: 'option',
    message: 'device "gpu" is unknown; use one of cpu, cuda, wasm',
  })
})

test('cpu takes any number of threads, each session its own', async () => {
  for (const threads of [1, 2]) {
    const session = await createSession(identity(float), 'cpu', { threads })
    expect(await session.run({ x: tensor(1, 2) })).toEqual({ 'x.out': tensor(1, 2) })
    await session.release()
  }
})
