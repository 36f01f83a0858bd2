import { TempocodeError } from '@tempocode/core'
import { checkRunDirectory } from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { checkTablePath } from '../artefact-path.js'
import { directoryEncoder } from '../directory-encoder.js'
import { addForecastOptions, type ForecastFlags } from '../forecast-flags.js'
import { oldForecaster, reasonToTrain } from '../forecast-reuse.js'
import { forecastLines, forecastResult } from '../forecast-summary.js'
import { forecastAgain, forecastAnew } from '../forecast-task.js'
import { interruptible } from '../interrupt.js'
import { print } from '../output.js'
import { writeForecast } from '../write-forecast.js'

interface Options extends ForecastFlags {
  out: string
  future?: string
  retrain?: boolean
  json?: boolean
}

const EXAMPLES = `
The table has a row for each row after the end of DATA, of each group: its group, its time (or number), and of each target
its forecast and the bounds of its interval: OT, OT_lower, OT_upper.

The first call trains a forecaster on DATA, measures it on the last rows, and writes DIR/forecaster.onnx and
DIR/forecast.html. Later calls use it again: what is not given is as it was. An option that is given, and was another one
then, trains anew; so does --retrain.

Examples:
  tempocode forecast out power.csv --targets OT --out forecast.csv
  tempocode forecast out power.csv --horizon 48 --known holiday --future plan.csv --out forecast.csv
  tempocode forecast out shops.csv --group-by shop --use-features no --season 7 --out forecast.parquet
  tempocode forecast out power.csv --retrain --out forecast.csv`

export function addForecast(program: Command): void {
  const command = program
    .command('forecast')
    .description("Forecasts what follows a series, by the last rows and the encoder's features.")
    .argument('<DIR>', 'a directory that train wrote; with --use-features no any one, created if missing')
    .argument('<DATA>', 'a file or a query, as for train')
    .requiredOption('--out <file>', 'the table to write: .csv or .parquet')
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
  addForecastOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((directory: string, data: string, options: Options) =>
      interruptible((signal) => forecast(directory, data, options, command, signal)),
    )
}

async function forecast(
  directory: string,
  data: string,
  options: Options,
  command: Command,
  signal: AbortSignal,
): Promise<void> {
  const { out, future: plan, retrain, json, ...flags } = options
  checkTablePath(out)
  await checkRunDirectory(directory)
  const given: Partial<ForecastFlags> = Object.fromEntries(
    Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
  )
  const encoder = await directoryEncoder(directory)
  const old = await oldForecaster(directory)
  const reason = old && (retrain ? '--retrain' : reasonToTrain(old, given, defaultsOf(command), encoder))
  const task = { directory, data, plan, flags: { ...old?.flags, ...given }, encoder, signal }
  const forecasts = await (old && reason === undefined ? forecastAgain(old, task) : forecastAnew(task))
  try {
    const { forecaster, ahead, series } = forecasts
    const rows = await writeForecast(forecaster, ahead, series, out)
    const summary = { ...forecasts, directory, out, rows, reason }
    print(json, forecastResult(summary), forecastLines(summary))
  } finally {
    await forecasts.forecaster.dispose()
  }
  if (forecasts.trained?.run.run.stopped !== 'signal') return
  throw new TempocodeError('cancelled', `training was stopped; ${directory} holds what was learnt`)
}

const defaultsOf = ({ options }: Command): Partial<ForecastFlags> =>
  Object.fromEntries(options.map((option) => [option.attributeName(), option.defaultValue]))
