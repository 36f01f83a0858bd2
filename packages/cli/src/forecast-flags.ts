import type { Cycle } from '@tempocode/runtime'
import {
  FORECASTER_FIT,
  FORECASTER_HORIZON,
  FORECASTER_WINDOW,
  type ForecasterFitOptions,
  type Settings,
} from '@tempocode/trainer'
import type { Command } from 'commander'
import { addFitOptions, type FitFlag } from './fit-flags.js'
import { addOptimizerOptions, type OptimizerFlags, optimizerOptions } from './optimizer.js'
import {
  choiceOption,
  countOption,
  countsOption,
  missingOption,
  namesOption,
  numberOption,
  someOption,
} from './options.js'
import type { SourceOptions } from './train-plan.js'

/** The flags of `forecast` that say what is trained, on what, and how. */
export interface ForecastFlags
  extends Partial<Omit<Settings, 'optimizer'>>,
    Partial<OptimizerFlags>,
    Omit<SourceOptions, 'groupBy'> {
  /** False where --no-group-by was given. */
  groupBy?: string | false
  horizon: number
  targets?: string[]
  known?: string[]
  useFeatures?: 'yes' | 'no'
  window?: number
  /** False where --no-cycles was given. */
  cycles?: Cycle[] | false
  coverage: number
  testSplit: number
  season?: number
  recent?: number
  units?: number[]
  hidden?: number
  dropout?: number
  featureDropout?: number
  linear: boolean
}

const NOT_OF_FORECASTERS: FitFlag[] = ['lossWeights', 'corrupt', 'scaler', 'checkpointEvery']
const CYCLES = ['day', 'week', 'year'] satisfies Cycle[]

export function addForecastOptions(command: Command): Command {
  command
    .optionsGroup('Data:')
    .option('--time <column>', 'orders the rows (default: the only column of time stamps)')
    .addOption(
      namesOption(
        '--columns <names>',
        "what is measured (default: the encoder's columns and the targets; without encoder, all numbers)",
      ),
    )
    .option(
      '--group-by <column>',
      "rows that belong together (default: by the encoder's own column of groups)",
    )
    .option('--no-group-by', 'all rows belong together, though the encoder was trained on groups')
    .addOption(missingOption())
    .optionsGroup('Forecast:')
    .addOption(countOption('--horizon <rows>', 'rows to forecast').default(FORECASTER_HORIZON))
    .addOption(
      namesOption('--targets <names>', 'columns to forecast (default: all that are not known ahead)'),
    )
    .addOption(namesOption('--known <names>', 'columns known ahead, such as holidays or a plan'))
    .option('--future <data>', 'a file or a query with the known columns of the rows to forecast')
    .addOption(
      choiceOption(
        '--use-features <choice>',
        "whether it sees the encoder's features (default: yes if the encoder's window is longer than its own)",
        ['yes', 'no'],
      ),
    )
    .addOption(
      countOption('--window <rows>', `rows that it sees (default: ${FORECASTER_WINDOW} times the horizon)`),
    )
    .addOption(
      someOption(
        '--cycles <names>',
        'what it knows of the calendar, by default what comes twice in the training rows',
        CYCLES,
      ),
    )
    .option('--no-cycles', 'it knows no calendar')
    .addOption(
      partOption('--coverage <part>', 'of the values that intervals should hold; 0: no intervals').default(
        0.9,
      ),
    )
    .addOption(
      partOption('--test-split <part>', 'of the rows, the last ones, that it is measured on').default(0.2),
    )
    .addOption(
      countOption('--season <rows>', 'of the seasonal-naive forecast (default: a day, or a week, of rows)'),
    )
    .option('--retrain', 'trains anew, as before, on DATA')
    .optionsGroup('Network:')
    .addOption(countsOption('--units <counts>', 'units of each LSTM layer (default: 32)'))
    .addOption(countOption('--recent <rows>', 'rows that the LSTM reads, the last ones (default: 24)'))
    .option('--no-linear', 'it has no linear view of the whole window')
    .addOption(
      numberOption(
        '--hidden <units>',
        'of a layer behind the LSTM; 0 is none (default: 64)',
        'a whole number from 0 on',
        Number.isSafeInteger,
      ),
    )
    .addOption(
      numberOption(
        '--dropout <rate>',
        'of values behind the LSTM, while training (default: 0.5 of one target, 0 of several)',
        '0 to below 1',
        (rate) => rate < 1,
      ),
    )
    .addOption(partOption('--feature-dropout <rate>', 'of the features, while training (default: 0.5)'))
  addFitOptions(command.optionsGroup('Training:'), {
    without: NOT_OF_FORECASTERS,
    defaults: FORECASTER_FIT,
  })
  return addOptimizerOptions(command)
}

const partOption = (flags: string, description: string) =>
  numberOption(flags, description, '0 to below 1', (part) => part < 1)

/** What is not for `fitForecaster`. */
const OTHERS = ['time', 'columns', 'groupBy', 'missing', 'useFeatures']

/**
 * What flags that were given mean to `fitForecaster`, but for the encoder.
 * @throws TempocodeError `option` for a setting that the optimizer does not have
 */
export function forecasterOptions(given: Partial<ForecastFlags>): ForecasterFitOptions {
  const { cycles, optimizer = 'adam', momentum, nesterov, weightDecay, ...rest } = given
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !OTHERS.includes(name))),
    ...(cycles !== undefined && { cycles: cycles || [] }),
    optimizer: optimizerOptions({ optimizer, momentum, nesterov, weightDecay }),
  }
}
