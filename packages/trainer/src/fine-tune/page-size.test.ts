import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bundlePage, kilobytes } from '../../../runtime/src/testing/page-bundle.js'

const here = fileURLToPath(new URL('.', import.meta.url))

test('what a page loads of ours to fine-tune is 30 KB at most, with its worker, and no tfjs', async () => {
  const script = "export { browserCheckpoints, fineTune } from './index.js'"
  const { page, worker, sources, size } = await bundlePage(script, here)
  expect(sources.some((file) => file.endsWith('fine-tune/fine-tune.ts'))).toBe(true)
  expect(sources.filter((file) => /tensorflow|protobufjs|converters|models\/|duckdb/.test(file))).toEqual([])

  const both = new Set([...page(), ...worker()])
  console.log(
    `our JavaScript for fine-tuning, gzip: page ${kilobytes(size(page()))}, worker ${kilobytes(size(worker()))}, ` +
      `both, what they share once: ${kilobytes(size(both))}`,
  )
  expect(size(both)).toBeLessThanOrEqual(30 * 1024)
})
