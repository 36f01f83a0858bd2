import type { Mistake } from './mistake.js'

const TRAIN = ['--window', '6', '--epochs', '1', '--out', 'new']
const train = (data: string, ...more: string[]) => ['train', data, ...TRAIN, ...more]

/** Mistakes in what `train` is told, and in its data. */
export const TRAIN_MISTAKES: Mistake[] = [
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
]
