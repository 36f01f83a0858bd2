import type { Mistake } from './mistake.js'

const decode = (decoder: string, features: string, ...more: string[]) => [
  'decode',
  decoder,
  features,
  '--out',
  'new.csv',
  ...more,
]
const generate = (decoder: string, ...more: string[]) => ['generate', decoder, '--out', 'new.csv', ...more]

/** Mistakes in what `decode` and `generate` are told, and in their files. */
export const DECODE_MISTAKES: Mistake[] = [
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
]
