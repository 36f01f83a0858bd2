import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import type { Workplace } from './command.js'
import { groupedCsv, planCsv, ROWS, SIZE } from './forecast-data.js'
import { machineCsv } from './machine-data.js'
import type { Mistake } from './mistake.js'

/** Mistakes in what `forecast` is told, and in its files. The first two arguments are the directory and DATA; some need the files of `writeMistaken`. */
export const FORECAST_MISTAKES: Mistake[] = [
  [
    'no encoder to see features of',
    ['nothing', 'data.csv'],
    /^nothing holds no encoder\.onnx for the forecaster to see features of; train one, or use --use-features no$/,
  ],
  [
    'a directory that is a file',
    ['data.csv', 'data.csv'],
    /^cannot write to data\.csv: data\.csv is a file, /,
  ],
  ['a missing --out', ['out', 'data.csv', '--no-out'], /^unknown option "--no-out"/],
  [
    'another kind of table',
    ['out', 'data.csv', '--out', 'f.json'],
    /^--out "f\.json" is not allowed; use a name/,
  ],
  [
    'an unknown target',
    ['bare', 'data.csv', '--targets', 'mood'],
    /^targets: there is no column "mood"; use pressure, flow$/,
  ],
  [
    'no horizon',
    ['out', 'data.csv', '--horizon', '0'],
    /^--horizon "0" is not allowed; use a whole number above 0$/,
  ],
  [
    'all of the values',
    ['out', 'data.csv', '--coverage', '1'],
    /^--coverage "1" is not allowed; use 0 to below 1$/,
  ],
  [
    'a test of all rows',
    ['out', 'data.csv', '--test-split', '1'],
    /^--test-split "1" is not allowed; use 0 to below 1$/,
  ],
  [
    'perhaps',
    ['out', 'data.csv', '--use-features', 'perhaps'],
    /^--use-features "perhaps" is not allowed; use one of yes, no$/,
  ],
  [
    'a cycle that is none',
    ['out', 'data.csv', '--cycles', 'month'],
    /^--cycles "month" is not allowed; use some of day, week, year$/,
  ],
  ['an option of train’s', ['out', 'data.csv', '--corrupt', 'none'], /^unknown option "--corrupt"; /],
  [
    'no future',
    ['new', 'groups.csv', '--use-features', 'no', '--known', 'plan'],
    /^--future is missing: a file or a query with plan of the 24 rows after DATA$/,
  ],
  [
    'a future of nothing',
    ['out', 'data.csv', '--future', 'plan.csv'],
    /^--future is of use with --known alone$/,
  ],
  [
    'a future that is too short',
    ['grouped', 'groups.csv', '--horizon', '6', '--future', 'plan.csv'],
    /^group "left": the future has 5 rows after the end; the known columns are needed for 6$/,
  ],
  [
    'a future without the column',
    ['grouped', 'groups.csv', '--future', 'groupless.csv'],
    /^groupless\.csv has no column "machine"; it has time, plan$/,
  ],
  [
    'a future that is past',
    ['grouped', 'groups.csv', '--future', 'past.csv'],
    /^group "left": the future has 0 rows after the end; /,
  ],
  [
    'a target that is known',
    [
      'new',
      'groups.csv',
      '--use-features',
      'no',
      '--group-by',
      'machine',
      '--known',
      'plan',
      '--targets',
      'plan',
      '--future',
      'plan.csv',
      ...SIZE,
    ],
    /^column "plan" is a target and known; what is known needs no forecast$/,
  ],
  [
    'rows too few to train on',
    ['new', 'few.csv', '--use-features', 'no'],
    /^training has 5 rows; one window needs \d+$/,
  ],
  ['rows too few to forecast from', ['out', 'few.csv'], /^the last 7 rows have no gap; a forecast needs 8$/],
  [
    'rows without a column',
    ['out', 'pressure.csv'],
    /^pressure\.csv has no column "flow"; it has time, pressure$/,
  ],
  [
    'a group that was not in the training',
    ['grouped', 'third.csv', '--future', 'third-plan.csv'],
    /^group "third" is unknown; use one of left, right$/,
  ],
  [
    'a forecaster that is none',
    ['foreign', 'data.csv'],
    /^foreign\/forecaster\.onnx: its kind is encoder, not forecaster; /,
  ],
  [
    'an encoder that is none',
    ['decoding', 'data.csv'],
    /^decoding\/encoder\.onnx: its kind is decoder, not encoder$/,
  ],
  [
    'what was measured, damaged',
    ['damaged', 'data.csv'],
    /^damaged\/train\/forecaster\.json is damaged; remove it, or give --retrain$/,
  ],
]

/** Writes what the mistakes are made with, beside the runs `out`, `bare` and `grouped`. */
export function writeMistaken(place: Workplace): void {
  const lines = machineCsv(ROWS).trimEnd().split('\n')
  const grouped = groupedCsv(ROWS)
  const files = {
    'few.csv': lines.slice(0, 8).join('\n'),
    'pressure.csv': lines.map((line) => line.split(',').slice(0, 2)).join('\n'),
    'groupless.csv': 'time,plan\n2024-01-09T08:00:00,1\n',
    'past.csv': 'machine,time,plan\nleft,2023-01-09T08:00:00,1\n',
    'third.csv': grouped.replaceAll('right', 'third'),
    'third-plan.csv': planCsv(5, () => 1).replaceAll('right', 'third'),
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(place.path(name), content)
  for (const name of ['nothing', 'foreign', 'decoding', 'damaged/train'])
    mkdirSync(place.path(name), { recursive: true })
  copyFileSync(place.path('out', 'encoder.onnx'), place.path('foreign', 'forecaster.onnx'))
  copyFileSync(place.path('out', 'decoder.onnx'), place.path('decoding', 'encoder.onnx'))
  copyFileSync(place.path('out', 'forecaster.onnx'), place.path('damaged', 'forecaster.onnx'))
  writeFileSync(place.path('damaged', 'train', 'forecaster.json'), '{')
}
