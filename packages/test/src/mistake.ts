import { expect } from 'vitest'
import type { Outcome } from './command.js'

/** What is wrong, the arguments, and what the command says of it. */
export type Mistake = [name: string, args: string[], message: RegExp]

/** Expects that the command has printed one line, to stderr alone, and has exited with 2. */
export function expectRefusal({ code, stdout, stderr }: Outcome, message: RegExp): void {
  expect(stderr).toMatch(/^tempocode: [^\n]+\n$/)
  expect(stderr.slice('tempocode: '.length, -1)).toMatch(message)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
}
