import { expect, test } from 'vitest'
import { digits, table } from './table.js'

test('a table lines up, names to the left, numbers to the right', () => {
  expect(
    table(
      ['row', 'ms'],
      [
        ['a', '1'],
        ['long', '12.5'],
      ],
    ),
  ).toBe('| row  |   ms |\n| ---- | ---: |\n| a    |    1 |\n| long | 12.5 |')
})

test.each([
  [undefined, '–'],
  [0.61234, '0.612'],
  [4, '4'],
  [86.149, '86.1'],
  [11_234.5, '11235'],
])('%s is written %s', (value, text) => expect(digits(value)).toBe(text))
