import { expect, test } from 'vitest'
import { textWidth } from './text-width.js'

// Widths that a browser measured with DejaVu Sans, the widest of the usual system fonts.
test.each([
  ['encoder_10', 13, false, 76],
  ['encoder_10', 13, true, 83.8],
  ['TimeDistributed(Dense)', 13, false, 155.3],
  ['TimeDistributed(Dense)', 13, true, 176],
  ['[batch, 24, 64]', 13, false, 96.5],
  ['[batch, 24, 64]', 13, true, 108.3],
  ['ActivityRegularization', 13, false, 141.8],
  ['ActivityRegularization', 13, true, 162.8],
  ['BIDIRECTIONAL', 13, false, 100.8],
  ['BIDIRECTIONAL', 13, true, 112.8],
  ['if (a < b) & "c"', 13, false, 95.4],
  ['if (a < b) & "c"', 13, true, 106.2],
  ['shifted_prediction', 13, false, 116],
  ['shifted_prediction', 13, true, 132.8],
])('%j of %d px fits, bold %j', (text, size, bold, measured) => {
  const width = textWidth(text, size, bold)
  expect(width).toBeGreaterThanOrEqual(measured)
  expect(width).toBeLessThan(1.35 * measured + 2)
})

test('letters that other fonts must provide have room', () => {
  expect(textWidth('深い層', 10)).toBeGreaterThanOrEqual(30)
  expect(textWidth('🌊', 10)).toBeGreaterThanOrEqual(13)
})
