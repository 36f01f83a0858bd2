import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFloats } from './base64.js'
import { type EncoderMetadata, readMetadata, writeMetadata } from './metadata.js'
import { decoderMetadata } from './testing/decoder-file.js'
import { testMetadata } from './testing/encoder-file.js'
import { failure } from './testing/failure.js'
import { maskedMetadata } from './testing/masked-encoder-file.js'

const float = fc.float({ noNaN: true, noDefaultInfinity: true })
const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const floats = (length: number) =>
  fc.array(float, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values))

const anyMetadata: fc.Arbitrary<EncoderMetadata> = fc
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
      const actual = readMetadata(writeMetadata(metadata)) as EncoderMetadata
      expect(JSON.parse(JSON.stringify(actual))).toEqual(expected)
      expect(actual.golden.input.data).toEqual(metadata.golden.input.data)
      expect(actual.golden.output.data).toEqual(metadata.golden.output.data)
    }),
    { seed: 2 },
  )
})

test('so are masking, and what a decoder says', () => {
  for (const metadata of [maskedMetadata(), decoderMetadata(), { ...decoderMetadata(), codes: undefined }])
    expect(readMetadata(writeMetadata(metadata))).toEqual(metadata)
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
  [
    'kind',
    'report',
    'metadata tempocode.kind must be "encoder", "decoder", "stream", "detector" or "forecaster", and is "report"',
  ],
  ['masked', '1', 'metadata tempocode.masked must be true or false, and is 1'],
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

const stored = JSON.parse(writeMetadata(decoderMetadata())['tempocode.golden'])
const ofDecoder = (change: object) => JSON.stringify({ ...stored, ...change })
const outputs = (change: object) => ofDecoder({ outputs: { ...stored.outputs, ...change } })
const codes = (change: object) =>
  JSON.stringify({ ...JSON.parse(writeMetadata(decoderMetadata())['tempocode.codes']), ...change })
const heads = (...changes: object[]) =>
  JSON.stringify(changes.map((change) => ({ name: 'reconstruction', offset: 0, steps: 4, ...change })))
const anotherShape = { data: encodeFloats(new Float32Array(12)), shape: [2, 3, 2] }

test.each([
  [
    'heads',
    '[]',
    'metadata tempocode.heads must be a list of heads of different names, with offset and steps',
  ],
  ['heads', '[null]', 'a list of heads'],
  ['heads', heads({}, {}), 'a list of heads of different names'],
  ['heads', heads({ name: 1 }), 'a list of heads'],
  ['heads', heads({ offset: -1 }), 'a list of heads'],
  ['heads', heads({ steps: 0 }), 'a list of heads'],
  ['heads', heads({ name: 'other' }), 'an input [n, 3], outputs other [n, 4, 2], finite'],
  [
    'golden',
    outputs({ prediction: undefined }),
    'outputs reconstruction [n, 4, 2], prediction [n, 2, 2], finite',
  ],
  ['golden', outputs({ prediction: anotherShape }), 'prediction [n, 2, 2], finite'],
  ['golden', ofDecoder({ tolerance: -1 }), 'tolerance above 0'],
  ['golden', ofDecoder({ input: null }), 'an input [n, 3]'],
  ['codes', 'null', 'metadata tempocode.codes must be windows, mean and factor of 3 features, and is null'],
  ['codes', codes({ windows: 0 }), 'windows, mean and factor of 3 features'],
  ['codes', codes({ mean: encodeFloats(new Float32Array(4)) }), 'windows, mean and factor'],
  ['codes', codes({ factor: encodeFloats(new Float32Array(9)) }), 'windows, mean and factor'],
  [
    'codes',
    codes({ factor: encodeFloats(new Float32Array(6).fill(Number.NaN)) }),
    'windows, mean and factor',
  ],
])('of a decoder, %s = %.60s is refused', async (key, value, message) => {
  const pairs = { ...writeMetadata(decoderMetadata()), [`tempocode.${key}`]: value }
  const error = await failure(() => readMetadata(pairs))
  expect(error.code).toBe('model')
  expect(error.message).toContain(message)
})

test.each([undefined, [4], [4, 0], [4, 5], [4, 1.5], '4'])(
  'golden lengths %s are refused',
  async (lengths) => {
    const pairs = writeMetadata(maskedMetadata())
    const altered = { ...JSON.parse(pairs['tempocode.golden']), lengths }
    const error = await failure(() => readMetadata({ ...pairs, 'tempocode.golden': JSON.stringify(altered) }))
    expect(error.message).toContain('must be an input [n, 4, 2], n lengths of 1 to 4, an output [n, 3]')
  },
)

test('golden lengths without masking are refused', async () => {
  const { masked, ...plain } = maskedMetadata()
  expect((await failure(() => readMetadata(writeMetadata(plain)))).message).toContain('must be an input')
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

test.each([
  ['an encoder', testMetadata()],
  ['a masked one', maskedMetadata()],
  ['a decoder', decoderMetadata()],
])('any change of a value of %s is read or refused', (_, metadata) => {
  const pairs = writeMetadata(metadata)
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
