import { parseArgs } from 'node:util'
import { FAMILY_ROWS } from './family/names.js'
import { QUALITY_SETS } from './quality/names.js'
import { ROWS, type Row } from './rows.js'
import { RUN_ROWS } from './running/networks.js'

/** What the command line asks for. */
export type Options =
  | TrainOptions
  | { command: 'family' | 'run'; quick: boolean; rows: string[] }
  | { command: 'page'; quick: boolean }
  | { command: 'quality'; sets: string[]; seeds: number }
  | { command: 'forecast'; seeds: number }
  | { command: 'show'; results: Shown }

type Shown = (typeof SHOWN)[number]

export interface TrainOptions {
  command: 'train'
  quick: boolean
  rows: Row[]
  compiling: boolean
  epoch: boolean
}

const PARTS = [...ROWS.map(({ name }) => name), 'compiling', 'epoch']
const SHOWN = ['train', 'family', 'run', 'quality', 'forecast'] as const
const USAGE =
  'train, family or run, with [--quick] [--rows NAME,…]; page, with [--quick]; quality, with [--sets NAME,…] ' +
  '[--seeds N]; forecast, with [--seeds N]; or show [train|family|run|quality|forecast]'

const isShown = (text: string): text is Shown => (SHOWN as readonly string[]).includes(text)

/** @throws Error that says what is allowed */
export function parseOptions(args: readonly string[]): Options {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      rows: { type: 'string' },
      sets: { type: 'string' },
      seeds: { type: 'string' },
    },
  })
  const { quick, rows, sets, seeds } = values
  const [command, results = 'train', ...rest] = positionals
  if (command !== 'quality' && sets !== undefined) throw new Error(`--sets is for quality; use ${USAGE}`)
  if (command !== 'quality' && command !== 'forecast' && seeds !== undefined) {
    throw new Error(`--seeds is for quality and forecast; use ${USAGE}`)
  }
  if (command === 'show' && rest.length === 0 && isShown(results)) return { command, results }
  if (positionals.length === 1 && command === 'page' && rows === undefined) return { command, quick }
  if (positionals.length !== 1 || !isShown(command)) {
    throw new Error(`"${positionals.join(' ')}" is unknown; use ${USAGE}`)
  }
  if (command === 'quality' || command === 'forecast') {
    if (quick || rows !== undefined) throw new Error(`${command} has no --quick and no --rows; use ${USAGE}`)
    const number = count('seeds', seeds ?? '5')
    if (command === 'forecast') return { command, seeds: number }
    return { command, sets: chosen(QUALITY_SETS, sets, 'set'), seeds: number }
  }
  if (command === 'family') return { command, quick, rows: chosen(FAMILY_ROWS, rows) }
  if (command === 'run') return { command, quick, rows: chosen(RUN_ROWS, rows) }
  const parts = chosen(PARTS, rows)
  return {
    command,
    quick,
    rows: ROWS.filter(({ name }) => parts.includes(name)),
    compiling: parts.includes('compiling'),
    epoch: parts.includes('epoch'),
  }
}

function chosen(all: readonly string[], text: string | undefined, what = 'row'): string[] {
  const names = text?.split(',') ?? [...all]
  for (const name of names) {
    if (!all.includes(name)) throw new Error(`${what} "${name}" is unknown; use ${all.join(', ')}`)
  }
  return names
}

function count(name: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new Error(`--${name} ${text} is not allowed; use a whole number above 0`)
}

/** Whether the options ask for all that there is to measure. */
export const isWhole = ({ rows, compiling, epoch }: TrainOptions): boolean =>
  rows.length === ROWS.length && compiling && epoch
