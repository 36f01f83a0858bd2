import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { machineCsv } from './machine-data.js'

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

const TRAIN = ['--window', '6', '--epochs', '1', '--out', 'new']
const train = (data: string, ...more: string[]) => ['train', data, ...TRAIN, ...more]
const encode = (encoder: string, data: string, ...more: string[]) => [
  'encode',
  encoder,
  data,
  '--out',
  'new.csv',
  ...more,
]

const decode = (decoder: string, features: string, ...more: string[]) => [
  'decode',
  decoder,
  features,
  '--out',
  'new.csv',
  ...more,
]
const generate = (decoder: string, ...more: string[]) => ['generate', decoder, '--out', 'new.csv', ...more]

const CASES: [name: string, args: string[], message: RegExp][] = [
  ['no command', [], /^a command is missing; use train, encode, /],
  ['an unknown command', ['trian'], /^unknown command "trian"; did you mean train\?$/],
  ['a command like no other', ['fly'], /^unknown command "fly"; use train, encode, /],
  [
    'an unknown option',
    train('data.csv', '--epoch', '3'),
    /^unknown option "--epoch"; did you mean --epochs\?$/,
  ],
  [
    'an option like no other',
    train('data.csv', '--xyzzy'),
    /^unknown option "--xyzzy"; use --out, --json, --time, /,
  ],
  [
    'an option that starts as inspect’s',
    ['inspect', 'out', '--window', '3'],
    /^unknown option "--window"; use --verify, /,
  ],
  ['DATA missing', ['train', '--out', 'new'], /^missing required argument "DATA"; usage: tempocode train /],
  [
    '--out missing',
    ['train', 'data.csv'],
    /^required option "--out <dir>" not specified; usage: tempocode train /,
  ],
  ['a value missing', train('data.csv', '--seed'), /^option "--seed <number>" argument missing/],
  [
    'too many arguments',
    train('data.csv', 'more.csv'),
    /^too many arguments for "train"\. Expected 1 argument but got 2/,
  ],
  [
    'a window that is no number',
    train('data.csv', '--window', 'abc'),
    /^--window "abc" is not allowed; use a whole number above 0$/,
  ],
  [
    'units that are no numbers',
    train('data.csv', '--units', '64,x'),
    /^--units "64,x" is not allowed; use whole numbers above 0/,
  ],
  [
    'no epochs',
    train('data.csv', '--epochs', '0'),
    /^--epochs 0 is not allowed; use auto or a whole number above 0$/,
  ],
  [
    'epochs that are no number',
    train('data.csv', '--epochs', '1O'),
    /^--epochs "1O" is not allowed; use auto or a whole number above 0$/,
  ],
  [
    'a learning rate below 0',
    train('data.csv', '--learning-rate', '-1'),
    /^--learning-rate -1 is not allowed; use a number above 0$/,
  ],
  [
    'momentum for adam',
    train('data.csv', '--momentum', '0.9'),
    /^--momentum is of use with --optimizer sgd or rmsprop alone$/,
  ],
  [
    'a momentum of 1',
    train('data.csv', '--optimizer', 'sgd', '--momentum', '1'),
    /^--momentum "1" is not allowed; use 0 to below 1$/,
  ],
  [
    'a step of checkpoints that is none',
    train('data.csv', '--checkpoint-every', '20 steps'),
    /^--checkpoint-every "20 steps" is not allowed; use a whole number of epochs above 0, or of steps, such as 200steps$/,
  ],
  [
    'to resume what was not begun',
    train('data.csv', '--resume'),
    /^cannot read the checkpoint new\/train\/checkpoint: there is none$/,
  ],
  [
    'to resume from a damaged checkpoint',
    ['train', 'data.csv', '--out', 'damaged', '--resume'],
    /^damaged\/train\/checkpoint is damaged or not whole: its SHA-256 differs$/,
  ],
  [
    'to resume with other data',
    ['train', 'longer.csv', '--out', 'out', '--resume'],
    /^cannot resume: the training rows are not the checkpoint's$/,
  ],
  [
    'to resume with other columns',
    ['train', 'data.csv', '--columns', 'flow,pressure', '--out', 'out', '--resume'],
    /^cannot resume: the columns are flow, pressure, the checkpoint's pressure, flow$/,
  ],
  [
    'to resume another network',
    ['train', 'data.csv', '--units', '4', '--out', 'out', '--resume'],
    /^cannot resume: units of layer 2 \(LSTM\) is 4, the checkpoint's 3$/,
  ],
  [
    'to resume with another setting',
    ['train', 'data.csv', '--batch-size', '8', '--out', 'out', '--resume'],
    /^cannot resume: batchSize is 8, the checkpoint's 32$/,
  ],
  [
    'an unknown engine',
    train('data.csv', '--engine', 'torch'),
    /^--engine "torch" is not allowed; use auto or /,
  ],
  [
    'a device to train on',
    train('data.csv', '--device', 'tpu'),
    /^--device "tpu" is not allowed; use auto or cpu or wasm or cuda$/,
  ],
  [
    'an unknown policy',
    train('data.csv', '--missing', 'zero'),
    /^--missing "zero" is not allowed; use one of error, interpolate, drop$/,
  ],
  [
    'an unknown activation',
    train('data.csv', '--activation', 'gelu'),
    /^--activation "gelu" is not allowed; use one of tanh, relu, sigmoid$/,
  ],
  ['a file that is missing', train('missing.csv'), /^missing\.csv does not exist$/],
  ['an empty file', train('empty.csv'), /^empty\.csv is empty$/],
  ['a binary file', train('binary.csv'), /^binary\.csv is not (UTF-8 )?text/],
  [
    'a row that is too short',
    train('short-row.csv'),
    /^short-row\.csv, line 8: 2 values where the first line has 3$/,
  ],
  [
    'a column of text',
    train('text.csv', '--columns', 'mood'),
    /^text\.csv, line 2: "warm" in column "mood" is not a number/,
  ],
  [
    'a column that is missing',
    train('data.csv', '--columns', 'heat'),
    /^data\.csv has no column "heat"; it has time, pressure, flow$/,
  ],
  [
    'fewer rows than a window',
    train('few.csv', '--validation-split', '0'),
    /^training has 5 rows; one window needs 6$/,
  ],
  ['infinity', train('inf.csv'), /^inf\.csv, row 8, column "pressure": inf is not allowed/],
  [
    'NaN',
    train('nan.csv'),
    /^1 value is missing in nan\.csv, row 8, column "pressure"; use missing "interpolate" or "drop"$/,
  ],
  [
    '--out that is a file',
    ['train', 'data.csv', '--out', 'a-file'],
    /^cannot write to a-file: a-file is a file, not a directory$/,
  ],
  [
    '--out in a file',
    ['train', 'missing.csv', '--out', 'a-file/new'],
    /^cannot write to a-file\/new: .*a-file is a file, not a directory$/,
  ],
  [
    'an unknown device',
    encode('out', 'data.csv', '--device', 'tpu'),
    /^--device "tpu" is not allowed; use one of auto, cpu, cuda, wasm$/,
  ],
  ['an encoder that is missing', encode('away', 'data.csv'), /^away does not exist$/],
  ['a directory without encoder', encode('nothing', 'data.csv'), /^nothing holds no encoder\.onnx/],
  ['random bytes', encode('random.onnx', 'data.csv'), /^random\.onnx is not an ONNX model: /],
  ['a model of another tool', encode('foreign.onnx', 'data.csv'), /^foreign\.onnx: not a Tempocode file: /],
  [
    'data without a column',
    encode('out', 'other.csv'),
    /^other\.csv has no column "flow"; it has time, pressure, level$/,
  ],
  [
    'data shorter than a window',
    encode('out', 'few.csv'),
    /^no window: one needs 6 rows, and the longest segment has 5$/,
  ],
  [
    'a table of another kind',
    ['encode', 'out', 'data.csv', '--out', 'new.xlsx'],
    /^--out "new\.xlsx" is not allowed; use a name that ends in \.csv or \.parquet$/,
  ],
  [
    'a table in no directory',
    ['encode', 'out', 'data.csv', '--out', 'no/new.csv'],
    /^cannot write no\/new\.csv: there is no directory no$/,
  ],
  [
    'an option that a model lacks',
    train('data.csv', '--tied'),
    /^--tied is of use with --model dense or stacked alone$/,
  ],
  [
    'an option of another recurrent model',
    train('data.csv', '--model', 'gru', '--decoder-state'),
    /^--decoder-state is of use with --model lstm alone$/,
  ],
  [
    'an unknown model',
    train('data.csv', '--model', 'cnn'),
    /^--model "cnn" is not allowed; use one of lstm, gru, /,
  ],
  [
    'an unknown head',
    train('data.csv', '--heads', 'reconstruction,score'),
    /^--heads "reconstruction,score" is not allowed; use some of reconstruction, prediction$/,
  ],
  [
    'a prediction of nothing',
    train('data.csv', '--heads', 'prediction'),
    /^the head prediction needs horizon: a whole number of rows after the window, or "shifted"/,
  ],
  [
    'a horizon of nothing',
    train('data.csv', '--horizon', '0'),
    /^--horizon "0" is not allowed; use a whole number above 0, or shifted$/,
  ],
  ['dropout of all', train('data.csv', '--dropout', '1'), /^--dropout "1" is not allowed; use 0 to below 1$/],
  [
    'a weight for no head',
    train('data.csv', '--loss-weights', 'prediction=0.5'),
    /^lossWeights: the model has no output "prediction"; use reconstruction$/,
  ],
  [
    'weights without names',
    train('data.csv', '--loss-weights', '0.5'),
    /^--loss-weights "0\.5" is not allowed; use numbers above 0 by names, such as prediction=0\.5$/,
  ],
  [
    'one weight twice',
    train('data.csv', '--loss-weights', 'reconstruction=1,reconstruction=2'),
    /^--loss-weights "reconstruction=1,reconstruction=2" is not allowed; /,
  ],
  [
    'sequences without groups',
    train('data.csv', '--masked'),
    /^--masked needs --group-by, which tells the sequences apart$/,
  ],
  [
    'a sigmoid in an LSTM',
    train('data.csv', '--activation', 'sigmoid'),
    /^activation "sigmoid" is unknown; use tanh or relu$/,
  ],
  [
    'to resume with another model',
    ['train', 'data.csv', '--model', 'gru', '--out', 'out', '--resume'],
    /^cannot resume: layer 2 is ResetAfterGRU, the checkpoint's LSTM$/,
  ],
  [
    'a decoder to encode',
    encode('out/decoder.onnx', 'data.csv'),
    /^out\/decoder\.onnx is a decoder; an encoder is/,
  ],
  [
    'an encoder to decode',
    decode('out/encoder.onnx', 'f.csv'),
    /^out\/encoder\.onnx is an encoder; a decoder is/,
  ],
  [
    'a directory without decoder',
    decode('state', 'f.csv'),
    /^state holds no decoder\.onnx; state\/README\.md tells why$/,
  ],
  ['a decoder that is missing', decode('away', 'f.csv'), /^away does not exist$/],
  ['random bytes to decode', decode('random.onnx', 'f.csv'), /^random\.onnx is not an ONNX model: /],
  [
    'features that are missing',
    decode('out', 'data.csv'),
    /^data\.csv has no column "f0"; it has time, pressure, flow$/,
  ],
  [
    'features that are no numbers',
    decode('out', 'text-f.csv'),
    /^text-f\.csv, line 3: "x" in column "f2" is not a number; columns of numbers are f0, f1; /,
  ],
  [
    'a feature too few',
    decode('out', 'gap-f.csv'),
    /^gap-f\.csv, row 2, column "f1": not a finite 32-bit number$/,
  ],
  [
    'a head that is not there',
    decode('out', 'f.csv', '--head', 'x'),
    /^the decoder has no head "x"; use reconstruction$/,
  ],
  [
    'two columns of one name',
    decode('out', 'twice-f.csv'),
    /^the table would have two columns "step"; rename or leave out that of the features' table$/,
  ],
  [
    'rows of another kind',
    ['decode', 'out', 'f.csv', '--out', 'new.json'],
    /^--out "new\.json" is not allowed; use a name that ends in \.csv or \.parquet$/,
  ],
  ['rows in no directory', ['decode', 'out', 'f.csv', '--out', 'no/new.csv'], /^cannot write no\/new\.csv: /],
  [
    'no samples',
    generate('out'),
    /^required option "--samples <count>" not specified; usage: tempocode generate /,
  ],
  [
    '0 samples',
    generate('out', '--samples', '0'),
    /^--samples "0" is not allowed; use a whole number above 0$/,
  ],
  [
    'a seed that is not whole',
    generate('out', '--samples', '1', '--seed', '0.5'),
    /^--seed "0\.5" is not allowed; use a whole number$/,
  ],
  ['samples of no decoder', generate('state', '--samples', '1'), /^state holds no decoder\.onnx; /],
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
]

test.each(CASES)('%s: one line, exit code 2, nothing left', async (_name, args, message) => {
  const before = place.list()
  const { code, stdout, stderr } = await place.run(
    ...args.slice(0, 1),
    ...(args.length > 1 ? ['--json'] : []),
    ...args.slice(1),
  )
  expect(stderr).toMatch(/^tempocode: [^\n]+\n$/)
  expect(stderr.slice('tempocode: '.length, -1)).toMatch(message)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(place.list()).toEqual(before)
})

test('a model of another tool can be looked at', async () => {
  const { code, stdout } = await place.run('inspect', 'foreign.onnx')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^tempocode +not written by it$/m)
})
