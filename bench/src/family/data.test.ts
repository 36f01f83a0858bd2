import { expect, test } from 'vitest'
import { fileOf, Missing } from './data.js'

test('data that are not there leave their row out, with the path', () => {
  expect(() => fileOf('nothing', 'here.csv')).toThrow(Missing)
  expect(() => fileOf('nothing', 'here.csv')).toThrow(/^there is no .*shared.data.nothing.here\.csv$/)
})
