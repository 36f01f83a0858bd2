import { expect, test } from 'vitest'
import { readWritten } from './results.js'

test('where there is no file, what writes it is told', () => {
  const read = () => readWritten('nowhere/train.json', 'a whole run of train')
  expect(read).toThrow(/^there is no nowhere\/train\.json; a whole run of train writes it$/)
})
