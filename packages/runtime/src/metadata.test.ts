import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFloats } from './base64.js'
import { type Metadata, readMetadata, writeMetadata } from './metadata.js'
import { testMetadata } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'

const float = fc.float({ noNaN: true, noDefaultInfinity: true })
const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const floats = (length: number) =>
  fc.array(float, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values))

const anyMetadata: fc.Arbitrary<Metadata> = fc
  .tuple(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), fc.nat(5), fc.nat(5), fc.nat(2))
  .chain(([columns, w, f, g]) => {
    const [window, features, n] = [w + 1, f + 1, g + 1]
    const numbers = fc.array(number, { minLength: columns.length, maxLength: columns.length })
    return fc.record(
      {
        kind: fc.constant('encoder' as const),
        version: fc.string(),
        columns: fc.constant(columns),
        window: fc.constant(window),
        stride: fc.integer({ min: 1 }),
        features: fc.constant(features),
        scaler: fc.record({
          kind: fc.constantFrom('standard' as const, 'minmax' as const, 'none' as const),
          center: numbers,
          scale: numbers,
        }),
        seed: number,
        timeStep: number,
        dataDigest: fc.string(),
        golden: fc.record({
          input: fc.record({
            data: floats(n * window * columns.length),
            shape: fc.constant([n, window, columns.length]),
          }),
          output: fc.record({ data: floats(n * features), shape: fc.constant([n, features]) }),
          tolerance: fc.double({ min: 1e-9, max: 1, noNaN: true }),
        }),
      },
      {
        requiredKeys: ['kind', 'version', 'columns', 'window', 'stride', 'features', 'scaler', 'golden'],
      },
    )
  })

test('what is written is read back', () => {
  fc.assert(
    fc.property(anyMetadata, (metadata) => {
      // JSON has no −0
      const expected = JSON.parse(JSON.stringify(metadata))
      const actual = readMetadata(writeMetadata(metadata))
      expect(JSON.parse(JSON.stringify(actual))).toEqual(expected)
      expect(actual.golden.input.data).toEqual(metadata.golden.input.data)
      expect(actual.golden.output.data).toEqual(metadata.golden.output.data)
    }),
    { seed: 2 },
  )
})

test('keys of other tools are left alone', () => {
  const pairs = { ...writeMetadata(testMetadata()), author: 'someone', 'tempocode.later': '1' }
  expect(readMetadata(pairs)).toEqual(testMetadata())
})

const golden = (change: object) => {
  const stored = JSON.parse(writeMetadata(testMetadata())['tempocode.golden'])
  return JSON.stringify({ ...stored, ...change })
}
const data = (value: string) => golden({ output: { data: value, shape: [2, 3] } })

test.each([
  ['format', '2', 'metadata format 2 is unknown; this version reads format 1'],
  ['kind', 'decoder', 'metadata tempocode.kind must be "encoder", and is "decoder"'],
  ['columns', '[]', 'metadata tempocode.columns must be a list of names, and is []'],
  ['columns', '["a", 1]', 'must be a list of names'],
  ['columns', '["a"', 'metadata tempocode.columns is not JSON'],
  ['columns', '["a"]', 'must be a scaler of 1 columns'],
  ['window', '0', 'metadata tempocode.window must be a whole number above 0, and is 0'],
  ['window', '2.5', 'must be a whole number above 0'],
  ['window', '"4"', 'must be a whole number above 0'],
  ['stride', 'null', 'must be a whole number above 0, and is null'],
  ['features', '-1', 'must be a whole number above 0'],
  ['features', '4', 'must be an input [n, 4, 2], an output [n, 4]'],
  ['scaler', 'null', 'must be a scaler of 2 columns, and is null'],
  ['scaler', '{"kind":"robust","center":[0,0],"scale":[1,1]}', 'must be a scaler of 2 columns'],
  ['scaler', '{"kind":"none","center":[0],"scale":[1,1]}', 'must be a scaler of 2 columns'],
  ['scaler', '{"kind":"none","center":[0,null],"scale":[1,1]}', 'must be a scaler of 2 columns'],
  ['seed', '"x"', 'must be a number'],
  ['timeStep', '1e999', 'must be a number'],
  ['golden', '7', 'must be an input [n, 4, 2], an output [n, 3], finite, and a tolerance above 0'],
  ['golden', golden({ tolerance: 0 }), 'tolerance above 0'],
  ['golden', golden({ output: null }), 'metadata tempocode.golden must be'],
  ['golden', golden({ output: { data: 'AAAA', shape: [1, 3] } }), 'metadata tempocode.golden must be'],
  ['golden', golden({ output: { data: '', shape: [2, 1e300] } }), 'metadata tempocode.golden must be'],
  [
    'golden',
    golden({ output: { data: encodeFloats(new Float32Array(3)), shape: [1, 3] } }),
    'an output [n, 3]',
  ],
  ['golden', data('!'.repeat(32)), 'metadata tempocode.golden must be'],
  ['golden', data('A'.repeat(31)), 'metadata tempocode.golden must be'],
  ['golden', data(`${'A'.repeat(30)}==`), 'metadata tempocode.golden must be'],
  [
    'golden',
    data(encodeFloats(Float32Array.of(0, 0, 0, 0, 0, Number.NaN))),
    'metadata tempocode.golden must be',
  ],
])('%s = %.60s is refused', async (key, value, message) => {
  const pairs = { ...writeMetadata(testMetadata()), [`tempocode.${key}`]: value }
  const error = await failure(() => readMetadata(pairs, 'a.onnx'))
  expect(error).toMatchObject({ code: 'model', place: { file: 'a.onnx' } })
  expect(error.message).toContain(message)
  expect(error.message).toMatch(/^a\.onnx: /)
})

test.each(Object.keys(writeMetadata(testMetadata())).filter((key) => !/seed|timeStep|dataDigest/.test(key)))(
  'a file without %s is refused',
  async (key) => {
    const { [key]: _, ...pairs } = writeMetadata(testMetadata())
    expect((await failure(() => readMetadata(pairs))).message).toBe(
      `not a Tempocode file: its metadata lack ${key}`,
    )
  },
)

test('any change of a value is read or refused', () => {
  const pairs = writeMetadata(testMetadata())
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(pairs)), fc.oneof(fc.string(), fc.json()), (key, value) => {
      try {
        readMetadata({ ...pairs, [key]: value })
      } catch (error) {
        expect(error).toMatchObject({ name: 'TempocodeError', code: 'model' })
      }
    }),
    { seed: 3, numRuns: 2000 },
  )
})
