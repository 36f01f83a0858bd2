import { expect, test } from 'vitest'
import { Queue } from './queue.js'

test('work starts when what was asked for before has ended', async () => {
  const queue = new Queue()
  const seen: string[] = []
  const work = (name: string) => async () => {
    seen.push(`${name} starts`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    return name
  }
  expect(await Promise.all([queue.add(work('a')), queue.add(work('b'))])).toEqual(['a', 'b'])
  expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
})

test('work that fails does not keep the next from its turn', async () => {
  const queue = new Queue()
  const failing = queue.add(() => Promise.reject(new Error('no')))
  const next = queue.add(async () => 'done')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('done')
})
