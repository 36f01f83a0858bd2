import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { kernelsOf } from '../../runtime/src/devices/placement.js'

/** The tables of docs/devices.md. */
function tables(): string {
  return Object.entries(kernelsOf)
    .map(([device, kernels]) => {
      const rows = kernels.map(({ operators, types, only }) => {
        const condition = only ? `${types}; ${only}` : types
        return `| ${operators.replaceAll(' ', ', ')} | ${condition} |`
      })
      return [`### ${device}`, '', '| operators | types and conditions |', '|---|---|', ...rows].join('\n')
    })
    .join('\n\n')
}

test('docs/devices.md has the tables that loading goes by', async () => {
  const text = await readFile(new URL('../../../docs/devices.md', import.meta.url), 'utf8')
  const [, found] = text.split(/<!-- operators: .* -->\n\n/)
  expect(found).toBe(`${tables()}\n`)
})
