import { expect, test } from 'vitest'
import { forecastColumns, inputsOf } from './columns.js'

const columns = ['a', 'b', 'plan', 'c']

test('targets come first, in the order given, then others, then what is known', () => {
  const sorted = forecastColumns(columns, { targets: ['c', 'a'], known: ['plan'] })
  expect(sorted).toEqual({ targets: ['c', 'a'], others: ['b'], known: ['plan'] })
  expect(inputsOf(sorted)).toEqual(['c', 'a', 'b', 'plan'])
})

test('what is not known is a target by default', () => {
  expect(forecastColumns(columns, { known: ['plan'] }).targets).toEqual(['a', 'b', 'c'])
})

test.each([
  [{ targets: ['d'] }, 'targets: there is no column "d"; use a, b, plan, c'],
  [{ known: ['d'] }, 'known: there is no column "d"; use a, b, plan, c'],
  [{ targets: ['a', 'a'] }, 'targets: column "a" comes twice'],
  [
    { targets: ['plan'], known: ['plan'] },
    'column "plan" is a target and known; what is known needs no forecast',
  ],
  [{ targets: [] }, 'targets is empty; a forecaster needs one target or more'],
  [{ known: columns }, 'all columns are known (a, b, plan, c); a forecaster needs one target or more'],
])('%j is refused', (options, message) => {
  expect(() => forecastColumns(columns, options)).toThrow(
    expect.objectContaining({ code: 'option', message }),
  )
})
