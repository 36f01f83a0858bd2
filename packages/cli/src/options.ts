import { TempocodeError } from '@tempocode/core'
import { fitSettings, type MissingPolicy, type Settings } from '@tempocode/trainer'
import { Option } from 'commander'
import { numberOf } from './number.js'

/** An option read by a function that gives undefined for what is not allowed. */
function option<T>(
  flags: string,
  description: string,
  allowed: string,
  read: (text: string) => T | undefined,
): Option {
  const flag = flags.split(' ')[0]
  return new Option(flags, description).argParser((text) => {
    const value = read(text)
    if (value !== undefined) return value
    throw new TempocodeError('option', `${flag} ${quoted(text)} is not allowed; use ${allowed}`)
  })
}

export const countOption = (flags: string, description: string) =>
  option(flags, description, 'a whole number above 0', count)

/** A number from 0 on. */
export const numberOption = (
  flags: string,
  description: string,
  allowed: string,
  holds = (_: number) => true,
) =>
  option(flags, description, allowed, (text) => {
    const value = numberOf(text)
    return value !== undefined && value >= 0 && holds(value) ? value : undefined
  })

/** Counts between commas. */
export const countsOption = (flags: string, description: string) =>
  option(flags, description, 'whole numbers above 0, with commas between', (text) =>
    every(text.split(','), count),
  )

/** Names between commas. */
export const namesOption = (flags: string, description: string) =>
  option(flags, description, 'names with commas between', (text) =>
    every(text.split(','), (name) => name.trim() || undefined),
  )

export const choiceOption = (flags: string, description: string, choices: readonly string[]) =>
  option(flags, `${description}: ${choices.join(', ')}`, `one of ${choices.join(', ')}`, (text) =>
    choices.find((choice) => choice === text),
  )

const MISSING = ['error', 'interpolate', 'drop'] satisfies MissingPolicy[]

export const missingOption = () =>
  choiceOption('--missing <policy>', 'what to do about missing values', MISSING).default('error')

/** Some of a list of names, between commas. */
export const someOption = (flags: string, description: string, choices: readonly string[]) =>
  option(flags, `${description}: ${choices.join(', ')}`, `some of ${choices.join(', ')}`, (text) =>
    every(text.split(','), (name) => choices.find((choice) => choice === name.trim())),
  )

export const rowsOrShiftedOption = (flags: string, description: string) =>
  option(flags, description, 'a whole number above 0, or shifted', (text) =>
    text === 'shifted' ? text : count(text),
  )

/** A whole number of any sign. */
export const wholeOption = (flags: string, description: string) =>
  option(flags, description, 'a whole number', (text) => {
    const value = numberOf(text)
    return Number.isSafeInteger(value) ? value : undefined
  })

/** Any number. */
export const scoreOption = (flags: string, description: string) =>
  option(flags, description, 'a number', numberOf)

const SECONDS = { s: 1, min: 60, h: 3600, d: 86_400 }

/** A time in seconds, or what is of no unit. */
export interface Span {
  value: number
  unit?: keyof typeof SECONDS
}

/** `90s`, `30min`, `36h`, `2d`, or a number above 0. */
export const spanOption = (flags: string, description: string) =>
  option(
    flags,
    description,
    'a time such as 90s, 30min, 36h or 2d, or a number above 0',
    (text): Span | undefined => {
      const [, digits, letters] = /^([\d.]+)(s|min|h|d)?$/.exec(text) ?? []
      const unit = letters as Span['unit']
      const value = numberOf(digits ?? '')
      return value !== undefined && value > 0
        ? { value: value * (unit ? SECONDS[unit] : 1), unit }
        : undefined
    },
  )

/** Numbers above 0 by names: `prediction=0.5,reconstruction=1`. */
export const weightsOption = (flags: string, description: string) =>
  option(flags, description, 'numbers above 0 by names, such as prediction=0.5', (text) => {
    const pairs = every(text.split(','), (pair) => {
      const [, name, digits] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(pair) ?? []
      const value = numberOf(digits ?? '')
      return value !== undefined && value > 0 ? ([name, value] as const) : undefined
    })
    return pairs && new Set(pairs.map(([name]) => name)).size === pairs.length
      ? Object.fromEntries(pairs)
      : undefined
  })

const defaults = fitSettings({})

/** One of fit's own options, by its rule, and with its default unless another is given. */
export function fitOption(
  name: Exclude<keyof Settings, 'optimizer' | 'lossWeights'>,
  argument: string,
  description: string,
  byDefault: unknown = defaults[name],
): Option {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  return new Option(`${flag} <${argument}>`, description).default(byDefault).argParser((text) => {
    const value = numberOf(text) ?? text
    try {
      return fitSettings({ [name]: value })[name]
    } catch (cause) {
      if (!(cause instanceof TempocodeError)) throw cause
      throw new TempocodeError('option', cause.message.replace(name, flag), {}, { cause })
    }
  })
}

function count(text: string): number | undefined {
  const value = numberOf(text)
  return Number.isSafeInteger(value) && value! > 0 ? value : undefined
}

function every<T>(texts: string[], read: (text: string) => T | undefined): T[] | undefined {
  const values = texts.map(read).filter((value) => value !== undefined)
  return values.length === texts.length ? values : undefined
}

const quoted = (text: string) => JSON.stringify(text)
