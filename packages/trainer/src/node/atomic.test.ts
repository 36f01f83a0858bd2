import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { atomicFile, writeFileAtomic } from './atomic.js'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tempocode-'))
})
afterAll(() => rm(directory, { recursive: true }))

test('a file appears whole, replaces the old one and leaves nothing beside it', async () => {
  const path = join(directory, 'model.json')
  await writeFileAtomic(path, 'old')
  await writeFileAtomic(path, new TextEncoder().encode('new'))
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await readdir(directory)).toEqual(['model.json'])
})

test('a file that is discarded leaves the old one whole', async () => {
  const path = join(directory, 'model.json')
  await writeFileAtomic(path, 'old')
  const file = await atomicFile(path)
  await writeFileAtomic(file.temporary, 'half')
  expect(await readdir(directory)).toHaveLength(2)
  await file.discard()
  expect(await readFile(path, 'utf8')).toBe('old')
  expect(await readdir(directory)).toEqual(['model.json'])
})

test('a directory is no target, and its own directory must be there', async () => {
  await mkdir(join(directory, 'out'))
  await expect(writeFileAtomic(join(directory, 'out'), '')).rejects.toMatchObject({
    code: 'file',
    message: expect.stringMatching(/out is a directory$/),
  })
  await expect(writeFileAtomic(join(directory, 'none', 'a.txt'), '')).rejects.toMatchObject({
    code: 'file',
    message: expect.stringMatching(/there is no directory .*none$/),
  })
})
