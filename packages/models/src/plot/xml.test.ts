import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readXml } from '../testing/read-xml.js'
import { element, escapeXml } from './xml.js'

test('whatever a text holds is read back from attributes and content', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const allowed = text.replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
      const read = readXml(element('a', { of: text }, [escapeXml(text)]))
      expect([read.attributes.of, read.text]).toEqual([allowed, allowed])
    }),
    { seed: 1, examples: [['a<b&"c"'], ["'>"], ['\u0000\u001f\uffff']] },
  )
})

test('numbers are rounded to tenths, what is undefined is left out, an empty element closes itself', () => {
  expect(element('rect', { x: 1 / 3, y: -0.04, rx: undefined })).toBe('<rect x="0.3" y="0"/>')
})
