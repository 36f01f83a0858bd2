import type { OptimizerOptions } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { fraction, isNumber, oneOf, type Rule } from './rules.js'

const positive: Rule = { allowed: 'a number above 0', holds: (value) => isNumber(value) && value > 0 }
const notNegative: Rule = { allowed: 'a number from 0 on', holds: (value) => isNumber(value) && value >= 0 }
const flag: Rule = { allowed: 'true or false', holds: (value) => typeof value === 'boolean' }
const adam = { beta1: fraction, beta2: fraction, epsilon: positive }

const SETTINGS: Record<OptimizerOptions['name'], Record<string, Rule>> = {
  adam,
  adamw: { ...adam, weightDecay: notNegative },
  sgd: { momentum: fraction, nesterov: flag },
  rmsprop: { rho: fraction, momentum: fraction, epsilon: positive },
}

/**
 * An optimizer's name with its settings; those left out have the defaults of {@link OptimizerOptions}.
 * @throws TempocodeError `option` for an optimizer or a setting that is unknown or not allowed
 */
export function optimizerSettings(optimizer: OptimizerOptions['name'] | OptimizerOptions): OptimizerOptions {
  const { name, ...given } = typeof optimizer === 'string' ? { name: optimizer } : { ...optimizer }
  const settings: Record<string, unknown> = given
  const names = oneOf(...Object.keys(SETTINGS))
  if (!names.holds(name)) {
    throw new TempocodeError(
      'option',
      `optimizer ${JSON.stringify(name)} is not allowed; use ${names.allowed}`,
    )
  }
  const rules = SETTINGS[name]
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) continue
    if (!(key in rules)) {
      const known = Object.keys(rules).join(', ')
      throw new TempocodeError('option', `${key} is not an option of optimizer ${name}; use ${known}`)
    }
    if (rules[key].holds(value)) continue
    const message = `${key} ${JSON.stringify(value)} is not allowed; use ${rules[key].allowed}`
    throw new TempocodeError('option', message)
  }
  // in one order, so that equal settings are written alike
  const keys = Object.keys(rules).filter((key) => settings[key] !== undefined)
  return { name, ...Object.fromEntries(keys.map((key) => [key, settings[key]])) }
}
