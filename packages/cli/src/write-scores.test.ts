import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toDetectorOnnx } from '@tempocode/converters'
import { denseAutoencoder } from '@tempocode/models'
import { type Detector, events, loadDetector, ScoreHistory } from '@tempocode/runtime'
import { type Series, seriesOf } from '@tempocode/trainer'
import type { Piece, SeriesReader } from '@tempocode/trainer/node'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeScores } from './write-scores.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
const path = (name: string) => join(directory, name)
afterAll(() => rmSync(directory, { recursive: true }))

const WINDOW = 5
const rows = Array.from({ length: 9100 }, (_, t) => [
  Math.sin(t / 3),
  Math.sin(t / 5) * (t % 500 < 20 ? 3 : 1),
])
/** A long group, one that is shorter than a window, and one with a gap. */
const series: Series = {
  ...seriesOf(rows, { columns: ['pressure', 'flow'] }),
  groupBy: 'machine',
  segments: [
    { start: 0, end: 9000, name: 'a' },
    { start: 9000, end: 9003, name: 'b' },
    { start: 9003, end: 9050, name: 'c' },
    { start: 9050, end: 9100, name: 'c' },
  ],
}
let detector: Detector
beforeAll(async () => {
  await tf.setBackend('cpu')
  const model = denseAutoencoder({ window: WINDOW, columns: 2, units: [3] })
  detector = await loadDetector(toDetectorOnnx(model, { columns: series.columns }), { threshold: 0.9 })
})
afterAll(() => detector.dispose())

const table = (name: string) =>
  readFileSync(path(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))

/** The scores and contributions of each segment by itself. */
const bySegment = () =>
  Promise.all(
    series.segments.map(({ start, end }) => detector.scoreSeries(series.values.subarray(2 * start, 2 * end))),
  )

test('each row has its score, that of its own segment, however long that is', async () => {
  const found = await writeScores(detector, series, path('scores.csv'), { groupBy: 'machine' })
  const [header, ...lines] = table('scores.csv')
  expect(header.join()).toBe('machine,row,score,anomaly,contribution_pressure,contribution_flow')
  expect(lines).toHaveLength(9100)
  const segments = await bySegment()
  const scores = segments.flatMap((segment) => [...segment.scores])
  const contributions = segments.flatMap((segment) => [...segment.contributions])
  lines.forEach(([machine, row, score, anomaly, pressure, flow], i) => {
    expect(row).toBe(String(i + 1))
    expect(machine).toBe(i < 9000 ? 'a' : i < 9003 ? 'b' : 'c')
    const due = [scores[i], contributions[2 * i], contributions[2 * i + 1]]
    if (Number.isNaN(scores[i])) {
      expect([score, anomaly, pressure, flow]).toEqual(['', '', '', ''])
    } else {
      expect([score, pressure, flow].map((text) => Math.fround(Number(text)))).toEqual(due)
      expect(anomaly).toBe(scores[i] > 0.9 ? '1' : '0')
    }
  })
  const scored = scores.filter((score) => !Number.isNaN(score))
  expect(found).toMatchObject({
    scored: 9100 - 3 * 4 - 3,
    anomalies: scored.filter((score) => score > 0.9).length,
  })
})

test('the same where rows come in pieces that end anywhere', async () => {
  const cuts = [0, 1, 4000, 4100, 9002, 9051, 9100]
  async function* pieces(): AsyncGenerator<Piece> {
    for (let i = 1; i < cuts.length; i++) {
      const [from, to] = [cuts[i - 1], cuts[i]]
      const within = series.segments
        .map((segment) => ({
          ...segment,
          start: Math.max(segment.start, from),
          end: Math.min(segment.end, to),
        }))
        .filter(({ start, end }) => start < end)
      const continues = series.segments.every(({ start }) => start !== from)
      yield {
        ...series,
        rows: to - from,
        values: series.values.subarray(2 * from, 2 * to),
        segments: within.map((segment) => ({
          ...segment,
          start: segment.start - from,
          end: segment.end - from,
        })),
        continues,
      }
    }
  }
  const reader: SeriesReader = { ...series, time: undefined, pieces, close() {} }
  const options = { groupBy: 'machine', minLength: 2, release: 0.8 }
  await writeScores(detector, series, path('whole.csv'), { ...options, events: path('whole-events.csv') })
  await writeScores(detector, reader, path('pieces.csv'), { ...options, events: path('piece-events.csv') })
  expect(table('pieces.csv')).toEqual(table('whole.csv'))
  expect(table('piece-events.csv')).toEqual(table('whole-events.csv'))
})

test('events are those of each segment, with their columns and peaks', async () => {
  const alarms = { minLength: 2, release: 0.8 }
  const found = await writeScores(detector, series, path('scores.csv'), {
    ...alarms,
    groupBy: 'machine',
    events: path('events.csv'),
  })
  const [header, ...lines] = table('events.csv')
  expect(header.join()).toBe('machine,start,raised,end,columns,peak')
  const due = (await bySegment()).flatMap(({ scores }, s) =>
    events(scores, { threshold: 0.9, ...alarms }).map(({ start, raised, end, peak }) => {
      const first = series.segments[s].start + 1
      return [series.segments[s].name, first + start, first + raised, first + end, scores[peak]]
    }),
  )
  expect(due.length).toBeGreaterThan(20)
  expect(found.events).toBe(due.length)
  expect(
    lines.map(([name, start, raised, end, , peak]) => [name, +start, +raised, +end, Math.fround(+peak)]),
  ).toEqual(due)
  const inAlarm = table('scores.csv')
    .slice(1)
    .flatMap(([, row, , anomaly]) => (anomaly === '1' ? [Number(row)] : []))
  const between = due.flatMap(([, , raised, end]) =>
    Array.from({ length: Number(end) - Number(raised) + 1 }, (_, i) => Number(raised) + i),
  )
  expect(inAlarm).toEqual(between)
  for (const [, , , , columns] of lines)
    expect(columns).toMatch(/^(flow|pressure):[01]\.\d\d(;(flow|pressure):0\.\d\d)?$/)
  expect(lines.filter(([, , , , columns]) => columns.startsWith('flow')).length).toBeGreaterThan(10)
})

test('adaptive scores go on from chunk to chunk and over gaps, each group by itself', async () => {
  const options = { groupBy: 'machine', adapt: true, threshold: 2, rest: 30, events: path('events.csv') }
  const found = await writeScores(detector, series, path('scores.csv'), options)
  const histories = new Map(series.segments.map(({ name }) => [name, new ScoreHistory()]))
  const due: number[] = []
  let alarms = 0
  for (const { start, end, name } of series.segments) {
    const values = series.values.subarray(2 * start, 2 * end)
    const { scores } = await detector.scoreSeries(values, { adapt: histories.get(name) })
    due.push(...scores)
    alarms += events(scores, { threshold: 2, rest: 30 }).length
  }
  const given = table('scores.csv').slice(1)
  expect(given.map(([, , score]) => (score === '' ? Number.NaN : Math.fround(Number(score))))).toEqual(due)
  expect(alarms).toBeGreaterThan(10)
  expect(found.events).toBe(alarms)
  expect(table('events.csv')).toHaveLength(1 + alarms)
})

test('without an event the table of events is empty, also as Parquet', async () => {
  const calm = await loadDetector(toDetectorOnnx(denseAutoencoder({ window: WINDOW, columns: 2 })), {
    threshold: 1e9,
  })
  for (const ending of ['csv', 'parquet']) {
    const found = await writeScores(calm, series, path(`calm.${ending}`), { events: path(`none.${ending}`) })
    expect(found).toMatchObject({ events: 0, anomalies: 0 })
  }
  expect(table('none.csv')).toEqual([['start', 'raised', 'end', 'columns', 'peak']])
  await calm.dispose()
})

test('a series without a window, a place that cannot be written, and a signal leave nothing behind', async () => {
  const short = { ...series, rows: 4, values: series.values.subarray(0, 8), segments: [{ start: 0, end: 4 }] }
  const before = readdirSync(directory)
  await expect(writeScores(detector, short, path('new.csv'))).rejects.toMatchObject({
    code: 'data',
    message: 'no window: one needs 5 rows, and the longest segment has 4',
  })
  await expect(
    writeScores(detector, series, path('new.csv'), { events: path('no/e.csv') }),
  ).rejects.toMatchObject({
    code: 'file',
  })
  await expect(
    writeScores(detector, series, path('new.csv'), { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'cancelled', message: `stopped; ${path('new.csv')} was not written` })
  expect(readdirSync(directory)).toEqual(before)
})
