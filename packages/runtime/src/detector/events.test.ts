import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Alarm, events } from './events.js'

const found = (scores: number[], options: object = {}) => events(scores, { threshold: 1, ...options })

test('an event begins above the threshold and ends before what is not', () => {
  expect(found([0, 2, 3, 2, 1, 0, 5])).toEqual([
    { start: 1, raised: 1, end: 3, peak: 2 },
    { start: 6, raised: 6, end: 6, peak: 6 },
  ])
  expect(found([1, 0, 1])).toEqual([])
})

test('a minimum length raises it late, and leaves out what is short', () => {
  expect(found([2, 0, 2, 4, 2, 2, 0, 2, 2], { minLength: 3 })).toEqual([
    { start: 2, raised: 4, end: 5, peak: 3 },
  ])
})

test('with hysteresis it goes on until the score is low enough', () => {
  const scores = [2, 0.8, 1.5, 0.6, 0.5, 2]
  expect(found(scores, { release: 0.5 })).toEqual([
    { start: 0, raised: 0, end: 3, peak: 0 },
    { start: 5, raised: 5, end: 5, peak: 5 },
  ])
  expect(found(scores)).toHaveLength(3)
})

test('NaN begins no event and ends none', () => {
  expect(found([Number.NaN, 2, Number.NaN, 2, 0])).toEqual([{ start: 1, raised: 1, end: 3, peak: 1 }])
  expect(found([2, Number.NaN, 2], { minLength: 2 })).toEqual([])
})

const series = fc.array(
  fc.integer({ min: 0, max: 12 }).map((n) => n / 4),
  { maxLength: 60 },
)
const options = fc.record({
  threshold: fc.constantFrom(0.5, 1, 2),
  minLength: fc.integer({ min: 1, max: 5 }),
  release: fc.constantFrom(0.25, 0.5, 1),
})

test('events are what the rule says, for any scores', () => {
  fc.assert(
    fc.property(series, options, (scores, { threshold, minLength, release }) => {
      const all = events(scores, { threshold, minLength, release })
      const eventOf: (Alarm | undefined)[] = scores.map((_, row) =>
        all.find(({ start, end }) => start <= row && row <= end),
      )
      all.forEach(({ start, raised, end, peak }, i) => {
        expect(raised).toBe(start + minLength - 1)
        expect(scores.slice(start, raised + 1).every((score) => score > threshold)).toBe(true)
        expect(scores.slice(start, end + 1).every((score) => score > release * threshold)).toBe(true)
        expect(end + 1 === scores.length || scores[end + 1] <= release * threshold).toBe(true)
        expect(scores[peak]).toBe(Math.max(...scores.slice(start, end + 1)))
        if (i > 0) expect(start).toBeGreaterThan(all[i - 1].end)
      })
      // nothing is left out: so many rows above the threshold are within an event, or end one
      for (let row = 0; row + minLength <= scores.length; row++) {
        const run = scores.slice(row, row + minLength)
        if (run.every((score) => score > threshold)) expect(eventOf[row + minLength - 1]).toBeDefined()
      }
    }),
    { seed: 2, numRuns: 1000 },
  )
})

test('rows of the rest after an alarm raise none, and begin none', () => {
  expect(found([2, 0, 2, 2, 0, 2, 2, 0, 2], { rest: 3 })).toEqual([
    { start: 0, raised: 0, end: 0, peak: 0 },
    { start: 5, raised: 5, end: 6, peak: 5 },
  ])
  expect(found([2, 2, 2, 2], { rest: 1 })).toEqual([{ start: 0, raised: 0, end: 3, peak: 0 }])
  expect(found([2, 2, 0, 2, 2, 2], { rest: 2, minLength: 2 }).map(({ raised }) => raised)).toEqual([1, 5])
})

test('with a rest, alarms are the first ones that it allows', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 0, max: 12 }), (scores, rest) => {
      const due: number[] = []
      let isOn = false
      scores.forEach((score, row) => {
        const isResting = !isOn && due.length > 0 && row - due[due.length - 1] <= rest
        if (score > 1 && !isOn && !isResting) due.push(row)
        isOn = score > 1 && !isResting
      })
      expect(found(scores, { rest }).map(({ raised }) => raised)).toEqual(due)
    }),
    { seed: 4, numRuns: 1000 },
  )
})

test('what a live system knew: later rows change no alarm that was raised', () => {
  fc.assert(
    fc.property(series, options, fc.nat(60), (scores, rule, cut) => {
      const early = events(scores.slice(0, cut), rule)
      const all = events(scores, rule)
      early.forEach(({ start, raised }, i) => {
        expect(all[i]).toMatchObject({ start, raised })
      })
      expect(all.filter(({ raised }) => raised < cut)).toHaveLength(early.length)
    }),
    { seed: 3, numRuns: 500 },
  )
})

test.each([
  [{ minLength: 0 }, 'minLength 0 is not allowed; use a whole number above 0'],
  [{ release: 0 }, 'release 0 is not allowed; use a number above 0, at most 1'],
  [{ release: 1.5 }, 'release 1.5 is not allowed; use a number above 0, at most 1'],
  [{ rest: -1 }, 'rest -1 is not allowed; use a whole number from 0 on'],
  [{ threshold: Number.NaN }, 'threshold NaN is not allowed; use a number'],
  [{ minlength: 1 }, 'option "minlength" is unknown; use threshold, minLength, release, rest'],
])('%j is refused', (wrong, message) => {
  expect(() => found([1], wrong)).toThrow(expect.objectContaining({ code: 'option', message }))
})
