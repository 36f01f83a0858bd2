import { parseArgs } from 'node:util'
import { ROWS, type Row } from './rows.js'

/** What the command line asks for. */
export interface Options {
  command: 'train' | 'show'
  quick: boolean
  rows: Row[]
  compiling: boolean
  epoch: boolean
}

const PARTS = [...ROWS.map(({ name }) => name), 'compiling', 'epoch']

/** @throws Error that says what is allowed */
export function parseOptions(args: readonly string[]): Options {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, rows: { type: 'string' } },
  })
  const [command] = positionals
  if (positionals.length !== 1 || (command !== 'train' && command !== 'show')) {
    throw new Error(`"${positionals.join(' ')}" is unknown; use train [--quick] [--rows NAME,…] or show`)
  }
  const parts = values.rows?.split(',') ?? PARTS
  for (const name of parts) {
    if (!PARTS.includes(name)) throw new Error(`row "${name}" is unknown; use ${PARTS.join(', ')}`)
  }
  return {
    command,
    quick: values.quick,
    rows: ROWS.filter(({ name }) => parts.includes(name)),
    compiling: parts.includes('compiling'),
    epoch: parts.includes('epoch'),
  }
}

/** Whether the options ask for all that there is to measure. */
export const isWhole = ({ rows, compiling, epoch }: Options): boolean =>
  rows.length === ROWS.length && compiling && epoch
