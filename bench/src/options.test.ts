import { expect, test } from 'vitest'
import { isWhole, parseOptions } from './options.js'
import { ROWS } from './rows.js'

test('without names all is measured', () => {
  const options = parseOptions(['train', '--quick'])
  expect(options).toMatchObject({ command: 'train', quick: true, compiling: true, epoch: true })
  expect(options.rows).toEqual(ROWS)
  expect(isWhole(options)).toBe(true)
})

test('with names those alone are measured', () => {
  const options = parseOptions(['train', '--rows', `compiling,${ROWS[2].name}`])
  expect(options).toMatchObject({ quick: false, compiling: true, epoch: false, rows: [ROWS[2]] })
  expect(isWhole(options)).toBe(false)
})

test.each([
  [['train', '--rows', 'B2'], 'row "B2" is unknown; use B1-T9-C1-100, '],
  [['infer'], '"infer" is unknown; use train'],
  [[], '"" is unknown; use train'],
])('%j is refused', (args, message) => expect(() => parseOptions(args)).toThrow(message))
