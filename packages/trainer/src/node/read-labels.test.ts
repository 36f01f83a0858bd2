import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readLabels } from './read-labels.js'
import { type ReadScoresOptions, readScores } from './read-scores.js'
import { readFailures } from './read-windows.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
afterAll(() => rmSync(directory, { recursive: true }))
const file = (name: string, ...lines: string[]) => {
  writeFileSync(join(directory, name), `${lines.join('\n')}\n`)
  return join(directory, name)
}

const day = (hour: number) => Date.UTC(2024, 0, 1, hour) * 1000
const GROUPED = file(
  'grouped.csv',
  'machine,time,score,anomaly,flow',
  'b,2024-01-01T00:00:00,,,',
  'b,2024-01-01T01:00:00,0.1,0,0.1',
  'a,2024-01-01T01:00:00,0.9999999999,1,0.2',
  'a,2024-01-01T00:00:00,0.3,0,0.3',
)

test('scores are read in 64 bits, by group and time, which the columns before the score are', async () => {
  const { time, groupBy, groups } = await readScores(GROUPED, { columns: ['anomaly', 'absent'] })
  expect([time?.name, time?.kind, groupBy]).toEqual(['time', 'timestamp', 'machine'])
  const anomalies = [Float64Array.of(0, 1), Float64Array.of(NaN, 0)]
  expect(groups).toEqual([
    {
      name: 'a',
      scores: Float64Array.of(0.3, 0.9999999999),
      times: Float64Array.of(day(0), day(1)),
      columns: { anomaly: anomalies[0] },
    },
    {
      name: 'b',
      scores: Float64Array.of(NaN, 0.1),
      times: Float64Array.of(day(0), day(1)),
      columns: { anomaly: anomalies[1] },
    },
  ])
})

test('columns of time and group may be named, and need not be there', async () => {
  const path = file('plain.csv', 'score,unit,hour', '1,x,2', '2,y,1')
  const read = async (options: ReadScoresOptions = {}) =>
    (await readScores(path, options)).groups.map(({ name, scores }) => [name, ...scores])
  expect(await read()).toEqual([[undefined, 1, 2]])
  expect(await read({ time: 'hour' })).toEqual([[undefined, 2, 1]])
  expect(await read({ time: 'hour', groupBy: 'unit' })).toEqual([
    ['x', 1],
    ['y', 2],
  ])
})

test.each([
  ['no score', ['a,b', '1,2'], /has no column "score"; it has a, b$/],
  ['keys of unknown meaning', ['a,b,c,score', '1,2,3,4'], /has the columns a, b, c before "score"; name/],
  ['text', ['row,score', '1,high'], /column "score" of .* is not a number|"high" in column "score"/],
  ['a row without time', ['hour,score', '1,2', ',3'], /a row has no time$/],
])('%s: refused', async (_, lines, message) => {
  await expect(readScores(file('refused.csv', ...lines))).rejects.toMatchObject({
    name: 'TempocodeError',
    message: expect.stringMatching(message),
  })
})

const rows = (name: string, ...labels: string[]) => file(name, 'time,machine,anomaly', ...labels)

test('labels of rows are found by group and time, in whatever order they stand, and more of them do no harm', async () => {
  const labels = rows(
    'labels.csv',
    '2024-01-01 01:00:00,a,1',
    '2024-01-01 01:00:00,b,0',
    '2024-01-01 00:00:00,b,1',
    '2024-01-01 00:30:00,b,0',
    '2024-01-01 00:00:00,a,0',
    '2024-01-01 00:00:00,c,1',
  )
  expect(await readLabels(labels, await readScores(GROUPED))).toEqual({
    events: [[{ start: 1, end: 2 }], [{ start: 0, end: 1 }]],
    outside: 0,
  })
})

test('equal times are matched one by one', async () => {
  const scores = await readScores(file('twice.csv', 'time,score', '5,1', '5,2', '6,3'))
  const labels = file('twice-labels.csv', 'time,label', '5,0', '5,1', '6,0')
  expect((await readLabels(labels, scores)).events).toEqual([[{ start: 1, end: 2 }]])
})

test('scores with numbers of rows, or nothing, are labelled by the order of rows', async () => {
  const labels = file('order.csv', 'flow,faulty', '1,0', '2,1', '3,1', '4,0')
  const some = await readScores(file('rows.csv', 'row,score', '2,1', '3,1', '4,1'))
  expect((await readLabels(labels, some, 'faulty')).events).toEqual([[{ start: 0, end: 2 }]])
  const all = await readScores(file('all.csv', 'score', '1', '1', '1', '1'))
  expect((await readLabels(labels, all, 'faulty')).events).toEqual([[{ start: 1, end: 3 }]])
  const three = await readScores(file('three.csv', 'score', '1', '1', '1'))
  await expect(readLabels(labels, three, 'faulty')).rejects.toThrow(
    /has 4 rows and .*three\.csv 3, without times/,
  )
})

test('windows hold their start and their end; those without a row are counted', async () => {
  const windows = file(
    'windows.csv',
    'machine,start,end',
    'a,2024-01-01 00:30,2024-01-01 01:00',
    'b,2023-12-31 00:00,2024-01-02 00:00',
    'b,2025-01-01 00:00,2025-01-02 00:00',
    'c,2024-01-01 00:00,2024-01-02 00:00',
  )
  expect(await readLabels(windows, await readScores(GROUPED))).toEqual({
    events: [[{ start: 1, end: 2 }], [{ start: 0, end: 2 }]],
    outside: 2,
  })
  const numbered = await readScores(file('numbered.csv', 'row,score', '1,1', '2,1', '3,1'))
  const spans = file('spans.csv', 'start,end', '2,2')
  expect((await readLabels(spans, numbered)).events).toEqual([[{ start: 1, end: 2 }]])
})

test('failures are times of groups', async () => {
  const failures = file('failures.csv', 'machine,failure', 'b,2024-01-01 02:00', 'c,2024-01-01 02:00')
  expect(await readFailures(failures, await readScores(GROUPED))).toEqual([
    Float64Array.of(),
    Float64Array.of(day(2)),
  ])
})

test.each([
  [
    'a row without a label',
    rows('l8.csv', '2024-01-01 00:00:00,a,0', '2024-01-01 00:00:00,b,0'),
    /no label for the row 2024-01-01T01:00:00.000Z of group "a"/,
  ],
  [
    'another label',
    rows('l9.csv', '2024-01-01 00:00:00,a,3'),
    /column "anomaly": a label is 3; labels are 0 and 1/,
  ],
  [
    'no group',
    file('l1.csv', 'time,anomaly', '1,1'),
    /no column "machine", by which the scores are grouped; it has time, anomaly/,
  ],
  [
    'no labels',
    file('l2.csv', 'time,machine', '1,a'),
    /neither windows \(start, end\) nor a column anomaly or label; it has time, machine/,
  ],
  [
    'another time',
    file('l3.csv', 'machine,time,label', 'a,5,0'),
    /has no timestamp column "time" to find rows by/,
  ],
  [
    'windows that end before they start',
    file('l4.csv', 'machine,start,end', 'a,2024-01-02,2024-01-01'),
    /"end" must be a timestamp that is not before "start"/,
  ],
  [
    'windows that overlap',
    file('l5.csv', 'machine,start,end', 'a,2024-01-01,2024-01-02', 'a,2024-01-01,2024-01-03'),
    /has windows that overlap/,
  ],
  ['windows without times', file('l6.csv', 'machine,start,end', 'a,x,y'), /a row of group "a" has no time/],
])('%s: refused', async (_, labels, message) => {
  const scores = await readScores(GROUPED)
  await expect(readLabels(labels, scores)).rejects.toMatchObject({
    name: 'TempocodeError',
    message: expect.stringMatching(message),
  })
})
