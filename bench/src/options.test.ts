import { expect, test } from 'vitest'
import { FAMILY_ROWS } from './family/names.js'
import { isWhole, parseOptions, type TrainOptions } from './options.js'
import { QUALITY_SETS } from './quality/names.js'
import { ROWS } from './rows.js'
import { RUN_ROWS } from './running/networks.js'

test('without names all is measured', () => {
  const options = parseOptions(['train', '--quick']) as TrainOptions
  expect(options).toMatchObject({ command: 'train', quick: true, compiling: true, epoch: true })
  expect(options.rows).toEqual(ROWS)
  expect(isWhole(options)).toBe(true)
})

test('with names those alone are measured', () => {
  const options = parseOptions(['train', '--rows', `compiling,${ROWS[2].name}`]) as TrainOptions
  expect(options).toMatchObject({ quick: false, compiling: true, epoch: false, rows: [ROWS[2]] })
  expect(isWhole(options)).toBe(false)
})

test('the family has rows of its own', () => {
  expect(parseOptions(['family'])).toEqual({ command: 'family', quick: false, rows: FAMILY_ROWS })
  const rows = ['tied', 'toy']
  expect(parseOptions(['family', '--quick', '--rows', 'tied,toy'])).toEqual({
    command: 'family',
    quick: true,
    rows,
  })
})

test('so has running', () => {
  expect(parseOptions(['run'])).toEqual({ command: 'run', quick: false, rows: RUN_ROWS })
  const rows = ['wrapper', 'encode']
  expect(parseOptions(['run', '--rows', 'wrapper,encode'])).toEqual({ command: 'run', quick: false, rows })
})

test('a page has but one row', () => {
  expect(parseOptions(['page'])).toEqual({ command: 'page', quick: false })
  expect(parseOptions(['page', '--quick'])).toEqual({ command: 'page', quick: true })
  expect(() => parseOptions(['page', '--rows', 'wrapper'])).toThrow('"page" is unknown')
})

test('quality has sets and seeds', () => {
  expect(parseOptions(['quality'])).toEqual({ command: 'quality', sets: QUALITY_SETS, seeds: 5 })
  const options = parseOptions(['quality', '--sets', 'nab', '--seeds', '2'])
  expect(options).toEqual({ command: 'quality', sets: ['nab'], seeds: 2 })
})

test('forecasting has seeds', () => {
  expect(parseOptions(['forecast'])).toEqual({ command: 'forecast', seeds: 5 })
  expect(parseOptions(['forecast', '--seeds', '1'])).toEqual({ command: 'forecast', seeds: 1 })
})

test('what was measured is shown again', () => {
  expect(parseOptions(['show'])).toEqual({ command: 'show', results: 'train' })
  expect(parseOptions(['show', 'family'])).toEqual({ command: 'show', results: 'family' })
  expect(parseOptions(['show', 'run'])).toEqual({ command: 'show', results: 'run' })
  expect(parseOptions(['show', 'quality'])).toEqual({ command: 'show', results: 'quality' })
  expect(parseOptions(['show', 'forecast'])).toEqual({ command: 'show', results: 'forecast' })
})

test.each([
  [['family', '--rows', 'tied,toys'], 'row "toys" is unknown; use toy, '],
  [['show', 'infer'], '"show infer" is unknown; use train'],
  [['show', 'family', 'toy'], '"show family toy" is unknown; use train'],
  [['train', '--rows', 'B2'], 'row "B2" is unknown; use B1-T9-C1-100, '],
  [['quality', '--sets', 'nabs'], 'set "nabs" is unknown; use nab'],
  [['quality', '--seeds', '0'], '--seeds 0 is not allowed; use a whole number above 0'],
  [['quality', '--quick'], 'quality has no --quick and no --rows; use train'],
  [['forecast', '--seeds', 'two'], '--seeds two is not allowed; use a whole number above 0'],
  [['forecast', '--quick'], 'forecast has no --quick and no --rows; use train'],
  [['forecast', '--sets', 'nab'], '--sets is for quality; use train'],
  [['train', '--seeds', '2'], '--seeds is for quality and forecast; use train'],
  [['infer'], '"infer" is unknown; use train'],
  [[], '"" is unknown; use train'],
])('%j is refused', (args, message) => expect(() => parseOptions(args)).toThrow(message))
