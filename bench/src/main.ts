import { isWhole, type Options, parseOptions } from './options.js'
import { report } from './report.js'
import { machine, readResults, type TrainResults, writeResults } from './results.js'
import { FULL, QUICK } from './rounds.js'
import { compileAll, timeEpoch, timeRows } from './train.js'

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130)) // ends the systems too

try {
  const options = parseOptions(process.argv.slice(2))
  const results = options.command === 'show' ? readResults() : await measure(options)
  console.log(report(results))
  if (options.command === 'train') keep(results, options)
} catch (cause) {
  console.error(`error: ${(cause as Error).message}`)
  process.exitCode = 1
}
process.exit()

async function measure({ quick, rows, compiling, epoch }: Options): Promise<TrainResults> {
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
function keep(results: TrainResults, options: Options): void {
  if (isWhole(options)) writeResults(results)
  else console.error('bench/results/train.json stays as it was: this was a part of a run')
}
