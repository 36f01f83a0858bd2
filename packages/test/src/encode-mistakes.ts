import type { Mistake } from './mistake.js'

const encode = (encoder: string, data: string, ...more: string[]) => [
  'encode',
  encoder,
  data,
  '--out',
  'new.csv',
  ...more,
]

/** Mistakes in what `encode` is told, and in its files. */
export const ENCODE_MISTAKES: Mistake[] = [
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
    'a decoder to encode',
    encode('out/decoder.onnx', 'data.csv'),
    /^out\/decoder\.onnx is a decoder; an encoder is/,
  ],
]
