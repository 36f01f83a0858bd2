import { TempocodeError } from '@tempocode/core'
import {
  evaluate,
  leadTimes,
  NAB_PROFILES,
  nabScore,
  pointAdjusted,
  runsOf,
  type ScoredRows,
  summaryOf,
} from '@tempocode/trainer'
import {
  checkLabels,
  type Labels,
  readFailures,
  readLabels,
  readScores,
  type ScoreGroup,
  type ScoreTable,
} from '@tempocode/trainer/node'
import type { Command } from 'commander'
import { evaluationText, type Findings } from '../evaluation-text.js'
import { type Span, scoreOption, spanOption } from '../options.js'
import { warn } from '../output.js'

interface Options {
  labels: string
  labelColumn?: string
  time?: string
  groupBy?: string
  threshold?: number
  nab?: boolean
  pointAdjust?: boolean
  failures?: string
  horizon?: Span
  json?: boolean
}

const EXAMPLES = `
SCORES has a column score, and anomaly (0 or 1) unless --threshold is given; the columns before score tell the row: its
group, if there are groups, and its time or number. Labels are found by them. They are a column of 0 and 1 in SCORES or in
another file (anomaly or label, unless --label-column names it), or windows with their start and end.

Examples:
  tempocode evaluate scores.csv --labels pump.csv --label-column faulty
  tempocode evaluate scores.csv --labels windows.csv --nab
  tempocode evaluate scores.csv --labels label --threshold 0.8 --json
  tempocode evaluate scores.csv --labels windows.csv --failures failures.csv --horizon 2d`

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('Measures scores and alarms against labels.')
    .argument('<SCORES>', 'a table of scores, such as detect writes: a file or a query')
    .requiredOption('--labels <labels>', 'a column of SCORES, or a file or query of labels or windows')
    .option('--label-column <column>', 'the column of labels in that file (default: anomaly, else label)')
    .option('--time <column>', 'what orders the rows (default: the last column before score)')
    .option('--group-by <column>', 'rows that belong together (default: the column before that)')
    .addOption(scoreOption('--threshold <score>', 'alarms are scores above it (default: the column anomaly)'))
    .option('--nab', "NAB's score, each group a file of the corpus")
    .option('--point-adjust', 'point-adjusted measures, beside those of random detectors')
    .option('--failures <file>', 'a table of times, in the column failure, to measure lead time before')
    .addOption(spanOption('--horizon <span>', 'how long before a failure an alarm may be meant for it'))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action(evaluateScores)
}

async function evaluateScores(path: string, options: Options): Promise<void> {
  const { labels, labelColumn, time, groupBy, threshold, json } = options
  const { failures, horizon } = options
  if ((failures === undefined) !== (horizon === undefined)) {
    throw new TempocodeError('option', '--failures and --horizon are of use together alone')
  }
  const columns = threshold === undefined ? ['anomaly', labels] : [labels]
  const table = await readScores(path, { time, groupBy, columns: [...new Set(columns)] })
  const { events, outside } = await labelsOf(table, labels, labelColumn)
  if (outside > 0) {
    const verbs = outside === 1 ? ['holds', 'is'] : ['hold', 'are']
    warn(`${outside} of the windows ${verbs[0]} no row of ${table.source}, and ${verbs[1]} left out`)
  }
  const groups = table.groups.map((group, i) => ({
    scores: group.scores,
    alarms: alarmsOf(table, group, threshold),
    events: events[i],
    times: timesOf(table, group),
  }))
  const found: Findings = {
    groups: groups.length,
    ...evaluate(groups),
    pointAdjusted: options.pointAdjust ? pointAdjusted(groups) : undefined,
    nab: options.nab ? nabOf(groups) : undefined,
    lead:
      failures !== undefined && horizon !== undefined
        ? await leadOf(table, groups, failures, horizon)
        : undefined,
  }
  process.stdout.write(
    json ? `${JSON.stringify(found)}\n` : evaluationText(found, table.time?.kind === 'timestamp'),
  )
}

async function labelsOf(table: ScoreTable, labels: string, column?: string): Promise<Labels> {
  const inside = table.groups.map((group) => group.columns[labels])
  if (inside[0] === undefined) {
    return readLabels(labels, table, column).catch((cause) => {
      if (!(cause instanceof TempocodeError) || cause.code !== 'file') throw cause
      const message = `--labels: ${table.source} has no column "${labels}", and ${cause.message}`
      throw new TempocodeError('file', message, cause.place, { cause })
    })
  }
  const events = inside.map((values) => {
    checkLabels(values!, `${table.source}, column "${labels}"`)
    return runsOf(values!)
  })
  return { events, outside: 0 }
}

function alarmsOf({ source }: ScoreTable, { scores, columns }: ScoreGroup, threshold?: number): Uint8Array {
  if (threshold !== undefined) return Uint8Array.from(scores, (score) => Number(score > threshold))
  const { anomaly } = columns
  if (anomaly === undefined) {
    const message = `${source} has no column "anomaly" to tell alarms by; give --threshold`
    throw new TempocodeError('data', message, { file: source })
  }
  // without a score there is no alarm; nor need the table say so
  const alarms = anomaly.map((alarm, row) => (Number.isNaN(scores[row]) ? 0 : alarm))
  checkLabels(alarms, `${source}, column "anomaly"`)
  return Uint8Array.from(alarms)
}

/** In seconds where they are time stamps; none where they are mere numbers of rows. */
function timesOf({ time }: ScoreTable, { times }: ScoreGroup): Float64Array | undefined {
  if (time === undefined || time.name === 'row') return undefined
  return time.kind === 'timestamp' ? times?.map((microseconds) => microseconds / 1e6) : times
}

function nabOf(groups: readonly ScoredRows[]): Findings['nab'] {
  const files = groups.map(({ scores, events }) => ({ scores, windows: events }))
  const alarms = groups.map(({ alarms, events }) => ({ scores: alarms, windows: events }))
  const scores = NAB_PROFILES.map((profile) => {
    const own = nabScore(alarms, { profile, threshold: 1 }).score
    return [profile, { ...nabScore(files, { profile }), own }]
  })
  return Object.fromEntries(scores)
}

async function leadOf(
  table: ScoreTable,
  groups: readonly ScoredRows[],
  failures: string,
  { value, unit }: Span,
): Promise<Findings['lead']> {
  const isTime = table.time?.kind === 'timestamp'
  if (table.time === undefined || (unit !== undefined && !isTime)) {
    const known =
      table.time === undefined ? 'neither times nor rows' : `"${table.time.name}", a number without a unit`
    throw new TempocodeError('option', `--horizon: ${table.source} tells rows by ${known}`)
  }
  const scale = isTime ? 1e6 : 1
  const times = await readFailures(failures, table)
  const leads = groups.flatMap(({ alarms }, i) =>
    leadTimes(alarms, table.groups[i].times ?? [], Array.from(times[i]), value * scale),
  )
  const all = times.reduce((sum, { length }) => sum + length, 0)
  return { ...summaryOf(leads.map((lead) => lead / scale)), failures: all }
}
