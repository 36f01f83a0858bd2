import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { DECODE_MISTAKES } from './decode-mistakes.js'
import { ENCODE_MISTAKES } from './encode-mistakes.js'
import { machineCsv } from './machine-data.js'
import { expectRefusal, type Mistake } from './mistake.js'
import { RESUME_MISTAKES } from './resume-mistakes.js'
import { TRAIN_MISTAKES } from './train-mistakes.js'

const place = new Workplace()
const lines = machineCsv(80).trimEnd().split('\n')
/** The table with one line (from 1, the header's) put another way. */
const withLine = (line: number, text: string) => `${lines.with(line - 1, text).join('\n')}\n`

const FILES: Record<string, string | Uint8Array> = {
  'data.csv': machineCsv(80),
  'longer.csv': machineCsv(90),
  'empty.csv': '',
  'binary.csv': Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff, 0xfe, 0),
  'short-row.csv': withLine(8, '2024-01-01T06:00:00,5'),
  'text.csv': `${lines.map((line, i) => line.replace(/[^,]*$/, i === 0 ? 'mood' : 'warm')).join('\n')}\n`,
  'inf.csv': withLine(9, '2024-01-01T07:00:00,inf,100'),
  'nan.csv': withLine(9, '2024-01-01T07:00:00,NaN,100'),
  'few.csv': `${lines.slice(0, 6).join('\n')}\n`,
  'other.csv': machineCsv(80).replace('flow', 'level'),
  'random.onnx': Uint8Array.from({ length: 400 }, (_, i) => (i * 167 + 13) % 251),
  'a-file': 'not a directory',
  'f.csv': 'f0,f1,f2\n1,2,3\n4,5,6\n',
  'text-f.csv': 'f0,f1,f2\n1,2,3\n4,5,x\n',
  'gap-f.csv': 'f0,f1,f2\n1,2,3\n4,,6\n',
  'twice-f.csv': 'step,f0,f1,f2\n1,1,2,3\n',
}

beforeAll(async () => {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(place.path(name), content)
  mkdirSync(place.path('nothing'))
  const args = ['--window', '6', '--units', '3', '--epochs', '1', '--out', 'out']
  expect((await place.run('train', 'data.csv', ...args)).code).toBe(0)
  const state = ['--window', '6', '--units', '3', '--epochs', '1', '--decoder-state', '--out', 'state']
  expect((await place.run('train', 'data.csv', ...state)).code).toBe(0)
  const checkpoint = readFileSync(place.path('out/train/checkpoint'))
  mkdirSync(place.path('damaged/train'), { recursive: true })
  writeFileSync(place.path('damaged/train/checkpoint'), checkpoint.subarray(0, -1))
  const bytes = readFileSync(place.path('out/encoder.onnx'), 'latin1')
  writeFileSync(place.path('foreign.onnx'), bytes.replaceAll('tempocode.', 'something.'), 'latin1')
})
afterAll(() => place.remove())

const CASES: Mistake[] = [
  ['no command', [], /^a command is missing; use train, encode, /],
  ['an unknown command', ['trian'], /^unknown command "trian"; did you mean train\?$/],
  ['a command like no other', ['fly'], /^unknown command "fly"; use train, encode, /],
  [
    'an option that starts as inspect’s',
    ['inspect', 'out', '--window', '3'],
    /^unknown option "--window"; use --verify, /,
  ],
  ['random bytes to inspect', ['inspect', 'random.onnx'], /^random\.onnx is not an ONNX model: /],
  [
    'another tool’s model to verify',
    ['inspect', 'foreign.onnx', '--verify'],
    /^foreign\.onnx: not a Tempocode file: /,
  ],
  [
    'a device without --verify',
    ['inspect', 'out', '--device', 'cpu'],
    /^--device cpu is of use with --verify alone$/,
  ],
  ...TRAIN_MISTAKES,
  ...RESUME_MISTAKES,
  ...ENCODE_MISTAKES,
  ...DECODE_MISTAKES,
]

test.each(CASES)('%s: one line, exit code 2, nothing left', async (_name, args, message) => {
  const before = place.list()
  const outcome = await place.run(
    ...args.slice(0, 1),
    ...(args.length > 1 ? ['--json'] : []),
    ...args.slice(1),
  )
  expectRefusal(outcome, message)
  expect(place.list()).toEqual(before)
})

test('a model of another tool can be looked at', async () => {
  const { code, stdout } = await place.run('inspect', 'foreign.onnx')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^tempocode +not written by it$/m)
})
