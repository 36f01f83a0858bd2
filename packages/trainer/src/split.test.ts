import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countRows, groupsOf, type Segment } from './segments.js'
import { splitGroups, splitSegments } from './split.js'

const segmentsOf = (lengths: number[], names: string[]): Segment[] => {
  const segments: Segment[] = []
  for (const [i, length] of lengths.entries()) {
    const start = segments.at(-1)?.end ?? 0
    segments.push({ start, end: start + length, name: names[i % names.length] })
  }
  return segments
}
const rowsOf = (segments: Segment[]) =>
  segments.flatMap(({ start, end, name }) =>
    Array.from({ length: end - start }, (_, i) => `${name} ${start + i}`),
  )

test('split takes the last part of each group, across its gaps', () => {
  const segments = [
    { start: 0, end: 6, name: 'm1' },
    { start: 6, end: 10, name: 'm1' },
    { start: 10, end: 20, name: 'm2' },
  ]
  expect(splitSegments(segments, 0.5, 2)).toEqual({
    train: [
      { start: 0, end: 5, name: 'm1' },
      { start: 10, end: 15, name: 'm2' },
    ],
    validation: [
      { start: 5, end: 6, name: 'm1' },
      { start: 6, end: 10, name: 'm1' },
      { start: 15, end: 20, name: 'm2' },
    ],
  })
  expect(splitSegments(segments, 0, 2)).toEqual({ train: segments, validation: [] })
})

test('a part too short for one window is refused with both numbers', () => {
  expect(() => splitSegments([{ start: 0, end: 20 }], 0.1, 4)).toThrow(
    'validation has 2 rows; one window needs 4',
  )
  expect(() => splitSegments([{ start: 0, end: 20 }], 0.9, 4)).toThrow(
    'training has 2 rows; one window needs 4',
  )
  expect(() => splitSegments([{ start: 0, end: 20 }], 1, 4)).toThrow('validationSplit 1 is not allowed')
})

test('each row is in one part, and all of a group’s training rows come before its validation rows', () => {
  const lengths = fc.array(fc.integer({ min: 10, max: 60 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(
      lengths,
      fc.constantFrom(0.1, 0.2, 0.5),
      fc.integer({ min: 1, max: 3 }),
      (sizes, part, names) => {
        const segments = segmentsOf(sizes, ['a', 'b', 'c'].slice(0, names))
        const { train, validation } = splitSegments(segments, part, 1)
        expect([...rowsOf(train), ...rowsOf(validation)].sort()).toEqual(rowsOf(segments).sort())
        for (const group of groupsOf(segments)) {
          const { start } = group[0]
          const { end } = group[group.length - 1]
          const inGroup = (segment: Segment) => segment.start >= start && segment.end <= end
          const lastTrained = Math.max(...train.filter(inGroup).map((segment) => segment.end))
          const validated = validation.filter(inGroup)
          expect(Math.min(...validated.map((segment) => segment.start))).toBe(lastTrained)
          expect(countRows(validated)).toBe(Math.round((end - start) * part))
        }
      },
    ),
    { seed: 2 },
  )
})

test('of sequences whole groups validate, the last ones, with all their segments', () => {
  const segments = segmentsOf([3, 9, 1, 4, 5], ['a', 'a', 'b', 'c', 'd'])
  expect(splitGroups(segments, 0.5)).toEqual({ train: segments.slice(0, 3), validation: segments.slice(3) })
  expect(splitGroups(segments, 0.25)).toEqual({ train: segments.slice(0, 4), validation: segments.slice(4) })
  expect(splitGroups(segments, 0)).toEqual({ train: segments, validation: [] })
})

test('too few groups for a part are refused, and so is a part out of range', () => {
  const segments = segmentsOf([3, 9, 1], ['a', 'b', 'c'])
  const refused = (validationSplit: number) => () => splitGroups(segments, validationSplit)
  expect(refused(0.1)).toThrow(
    'validationSplit 0.1 of 3 sequences leaves none for a part; use more sequences (groups), or another part',
  )
  expect(refused(0.9)).toThrow('validationSplit 0.9 of 3 sequences leaves none for a part')
  expect(refused(1)).toThrow('validationSplit 1 is not allowed; use 0 to below 1')
  expect(() => splitGroups(segmentsOf([9, 9], ['a']), 0.5)).toThrow('validationSplit 0.5 of 1 sequences')
})
