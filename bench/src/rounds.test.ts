import { expect, test } from 'vitest'
import { timeRow, unquiet } from './rounds.js'
import { ROWS } from './rows.js'
import type { Request, System, Timing } from './system.js'

const plan = { rounds: 3, seconds: 1, slowest: 1000 }

/** A system that takes what is told, request by request, and records when it was asked. */
function scripted(name: string, timings: (number[] | Error)[], asked: string[]): System {
  const answers = [...timings]
  const time = async (_: Request): Promise<Timing> => {
    asked.push(name)
    const answer = answers.shift()!
    if (answer instanceof Error) throw answer
    return { ms: answer }
  }
  return { name, time } as System
}

test('the first request warms up; rounds alternate; medians of medians', async () => {
  const asked: string[] = []
  const a = scripted('matmul', [[900], [1, 2, 30], [3], [2]], asked)
  const b = scripted('pytorch', [[800], [50, 60], [10], [20]], asked)
  const { ms } = await timeRow(ROWS[0], [a, b], plan)
  expect(ms).toEqual({ matmul: 2, pytorch: 20 })
  expect(asked.join(' ')).toBe('matmul pytorch matmul pytorch pytorch matmul matmul pytorch')
})

test('a slow system is timed once, one that fails is left out and named', async () => {
  const asked: string[] = []
  const systems = [
    scripted('matmul', [[1], [1], [1], [1]], asked),
    scripted('tfjs-wasm', [[1001]], asked),
    scripted('keras', [new Error('no such layer')], asked),
    scripted('pytorch', [[1], [1], new Error('gone')], asked),
  ]
  const { ms, notes } = await timeRow(ROWS[0], systems, plan)
  expect(ms).toEqual({ matmul: 1, 'tfjs-wasm': 1001 })
  expect(notes).toEqual(['tfjs-wasm: timed once', 'keras: failed (no such layer)', 'pytorch: failed (gone)'])
})

test('what Tempocode fails at ends the run', async () => {
  const broken = scripted('tempocode-cpu', [new Error('broken')], [])
  await expect(timeRow(ROWS[0], [broken], plan)).rejects.toThrow('broken')
})

test('a machine on which the same work takes longer at times is said to be busy', () => {
  expect(unquiet([100, 120, 129])).toEqual([])
  expect(unquiet([100, 200])).toEqual(['the machine was busy: matmul took 100 to 200 ms'])
})
