import type { Mistake } from './mistake.js'

/** Mistakes in going on with a training that is not the one that was begun. */
export const RESUME_MISTAKES: Mistake[] = [
  [
    'to resume what was not begun',
    ['train', 'data.csv', '--window', '6', '--epochs', '1', '--out', 'new', '--resume'],
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
    'to resume with another model',
    ['train', 'data.csv', '--model', 'gru', '--out', 'out', '--resume'],
    /^cannot resume: layer 2 is ResetAfterGRU, the checkpoint's LSTM$/,
  ],
]
