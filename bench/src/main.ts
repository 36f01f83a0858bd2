import { measureFamily } from './family/family.js'
import { familyReport } from './family/report.js'
import { readFamily } from './family/results.js'
import { measureForecasts } from './forecasting/forecasting.js'
import { forecastReport } from './forecasting/report.js'
import { readForecast } from './forecasting/results.js'
import { isWhole, type Options, parseOptions, type TrainOptions } from './options.js'
import { measurePage, pageReport } from './page/measure.js'
import { measureQuality } from './quality/quality.js'
import { qualityReport } from './quality/report.js'
import { readQuality } from './quality/results.js'
import { report } from './report.js'
import { machine, readResults, type TrainResults, writeResults } from './results.js'
import { FULL, QUICK } from './rounds.js'
import { runReport } from './running/report.js'
import { readRun } from './running/results.js'
import { measureRunning } from './running/run.js'
import { compileAll, timeEpoch, timeRows } from './train.js'

const SHOW = {
  train: () => report(readResults()),
  family: () => familyReport(readFamily()),
  run: () => runReport(readRun()),
  quality: () => qualityReport(readQuality()),
  forecast: () => forecastReport(readForecast()),
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130)) // ends the systems too

try {
  console.log(await run(parseOptions(process.argv.slice(2))))
} catch (cause) {
  console.error(`error: ${(cause as Error).message}`)
  process.exitCode = 1
}
process.exit()

/** @returns what is to be printed */
async function run(options: Options): Promise<string> {
  switch (options.command) {
    case 'show':
      return SHOW[options.results]()
    case 'family':
      return familyReport(await measureFamily(options.rows, options.quick))
    case 'page':
      return pageReport(await measurePage(options.quick ? 1 : 5))
    case 'quality':
      return qualityReport(await measureQuality(options.sets, options.seeds))
    case 'forecast':
      return forecastReport(await measureForecasts(options.seeds))
    case 'run':
      return runReport(await measureRunning(options.rows, options.quick))
    case 'train': {
      const results = await measure(options)
      keep(results, options)
      return report(results)
    }
  }
}

async function measure({ quick, rows, compiling, epoch }: TrainOptions): Promise<TrainResults> {
  const plan = quick ? QUICK : FULL
  return {
    machine: machine(),
    quick,
    rows: rows.length > 0 ? await timeRows(rows, plan) : [],
    compiling: compiling ? await compileAll() : [],
    epoch: epoch ? await timeEpoch(quick ? 100_000 : 1_000_000, plan) : undefined,
  }
}

/** The file holds what one run has measured, all of it. */
function keep(results: TrainResults, options: TrainOptions): void {
  if (isWhole(options)) writeResults(results)
  else console.error('bench/results/train.json stays as it was: this was a part of a run')
}
