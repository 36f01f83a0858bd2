import { expect, test } from 'vitest'
import { windowsPerRun } from './chunked-session.js'

test('a run holds 512 windows, and fewer if they are large', () => {
  expect([1, 48, 2 ** 14, 2 ** 22, 2 ** 30].map(windowsPerRun)).toEqual([512, 512, 256, 1, 1])
})
