import { TempocodeError } from '@tempocode/core'
import type { Target } from '@tempocode/models'
import { isNumber, type Rule } from './rules.js'

export const lossWeightsRule: Rule = {
  allowed: 'numbers above 0 by the names of outputs, such as { prediction: 0.5 }',
  holds: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((weight) => isNumber(weight) && weight > 0),
}

/** @throws TempocodeError `option` where the model has no output of a name */
export function checkLossWeights(
  weights: Readonly<Record<string, number>>,
  targets: readonly Target[],
): void {
  const outputs = targets.map(({ output }) => output)
  for (const name of Object.keys(weights)) {
    if (outputs.includes(name)) continue
    const message = `lossWeights: the model has no output "${name}"; use ${outputs.join(', ')}`
    throw new TempocodeError('option', message)
  }
}
