import { TempocodeError, version } from '@tempocode/core'
import { Command, CommanderError } from 'commander'
import { addDecode } from './commands/decode.js'
import { addDetect } from './commands/detect.js'
import { addEncode } from './commands/encode.js'
import { addEvaluate } from './commands/evaluate.js'
import { addForecast } from './commands/forecast.js'
import { addGenerate } from './commands/generate.js'
import { addInspect } from './commands/inspect.js'
import { addTrain } from './commands/train.js'
import { exitCodeOf, report, usageError } from './failure.js'

const EXAMPLES = `
Examples:
  tempocode train pump.csv --out out
  tempocode encode out pump.csv --out features.csv
  tempocode decode out features.csv --out rows.csv
  tempocode generate out --samples 10 --out samples.csv
  tempocode detect out pump.csv --out scores.csv --events events.csv
  tempocode evaluate scores.csv --labels labels.csv
  tempocode forecast out pump.csv --horizon 24 --out forecast.csv
  tempocode inspect out --verify`

/**
 * Runs the command.
 * @param argv what stands behind `tempocode`
 * @returns the exit code: 0, 2 for bad input, 130 where Ctrl-C stopped it, 1 for other failures
 */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', leaveIfUnread)
  const program = new Command('tempocode')
    .description('Trains autoencoders on time series and ships the encoder as plain ONNX.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText('after', EXAMPLES)
  for (const add of [
    addTrain,
    addEncode,
    addDecode,
    addGenerate,
    addDetect,
    addEvaluate,
    addForecast,
    addInspect,
  ])
    add(program)
  try {
    if (argv.length === 0) {
      const names = program.commands.map((command) => command.name())
      throw new TempocodeError('option', `a command is missing; use ${names.join(', ')}`)
    }
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0 // help or version were asked for
    const failure = error instanceof CommanderError ? usageError(error, program, argv) : error
    report(failure)
    return exitCodeOf(failure)
  }
}

/** A reader that has enough, such as `head`, closes the pipe: that is no failure. */
function leaveIfUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}
