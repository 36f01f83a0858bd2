import { parseArgs } from 'node:util'
import { FAMILY_ROWS } from './family/names.js'
import { ROWS, type Row } from './rows.js'
import { RUN_ROWS } from './running/networks.js'

/** What the command line asks for. */
export type Options =
  | TrainOptions
  | { command: 'family' | 'run'; quick: boolean; rows: string[] }
  | { command: 'show'; results: Command }

type Command = (typeof COMMANDS)[number]

export interface TrainOptions {
  command: 'train'
  quick: boolean
  rows: Row[]
  compiling: boolean
  epoch: boolean
}

const PARTS = [...ROWS.map(({ name }) => name), 'compiling', 'epoch']
const COMMANDS = ['train', 'family', 'run'] as const
const USAGE = 'train, family or run, with [--quick] [--rows NAME,…], or show [train|family|run]'

const isCommand = (text: string): text is Command => (COMMANDS as readonly string[]).includes(text)

/** @throws Error that says what is allowed */
export function parseOptions(args: readonly string[]): Options {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, rows: { type: 'string' } },
  })
  const { quick, rows } = values
  const [command, results = 'train', ...rest] = positionals
  if (command === 'show' && rest.length === 0 && isCommand(results)) return { command, results }
  if (positionals.length !== 1 || !isCommand(command)) {
    throw new Error(`"${positionals.join(' ')}" is unknown; use ${USAGE}`)
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

function chosen(all: readonly string[], text: string | undefined): string[] {
  const names = text?.split(',') ?? [...all]
  for (const name of names) {
    if (!all.includes(name)) throw new Error(`row "${name}" is unknown; use ${all.join(', ')}`)
  }
  return names
}

/** Whether the options ask for all that there is to measure. */
export const isWhole = ({ rows, compiling, epoch }: TrainOptions): boolean =>
  rows.length === ROWS.length && compiling && epoch
