import { type ErrorCode, TempocodeError } from '@tempocode/core'
import type { Command, CommanderError } from 'commander'

const BAD_INPUT: readonly ErrorCode[] = ['option', 'data', 'file', 'model', 'unsupported']

/** 2 where what was handed in must change, 130 after Ctrl-C (as shells have it), else 1. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof TempocodeError)) return 1
  if (error.code === 'cancelled') return 130
  return BAD_INPUT.includes(error.code) ? 2 : 1
}

/** One line on standard error; for what should not happen, all that helps to find out why. */
export function report(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`tempocode: ${message.replace(/\s*\n\s*/g, ' ')}\n`)
  if (error instanceof TempocodeError) return
  process.stderr.write('This is a bug in tempocode. Please report it with the lines below.\n')
  process.stderr.write(`${error instanceof Error ? error.stack : 'no stack'}\n`)
}

/** Commander's message as one line that names what is allowed. */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): TempocodeError {
  const command = program.commands.find((candidate) => candidate.name() === argv[0]) ?? program
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/s, '; did you mean $1?')
    .replace(/\.$/, '')
    .replaceAll("'", '"')
  const suggested = error.message.includes('Did you mean')
  return new TempocodeError(
    'option',
    suggested ? message : message + allowed(error.code, command),
    {},
    { cause: error },
  )
}

function allowed(code: string, command: Command): string {
  if (code === 'commander.unknownCommand')
    return `; use ${command.commands.map((other) => other.name()).join(', ')}`
  if (code === 'commander.unknownOption') return `; use ${command.options.map(({ long }) => long).join(', ')}`
  const { parent } = command
  return parent ? `; usage: ${parent.name()} ${command.name()} ${command.usage()}` : ''
}
