import { readFileSync, writeFileSync } from 'node:fs'
import { loadDetector } from '@tempocode/runtime'
import { readSeries, readTable } from '@tempocode/trainer/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcomeOf, Workplace } from './command.js'
import { machineCsv } from './machine-data.js'

const place = new Workplace()
const [header, ...lines] = machineCsv(900).trimEnd().split('\n')
const csv = (rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`
/** Rows that training has not seen, from which on the demo's machine is broken: rows of `later.csv`, from 0. */
const FAULTS = [
  { from: 80, to: 92, column: 'pressure' },
  { from: 200, to: 212, column: 'flow' },
]
const later = lines.slice(600).map((line, row) => {
  const [time, pressure, flow] = line.split(',')
  const broken = FAULTS.find(({ from, to }) => row >= from && row < to)?.column
  return [time, broken === 'pressure' ? '7.5' : pressure, broken === 'flow' ? '20' : flow].join(',')
})

beforeAll(async () => {
  writeFileSync(place.path('normal.csv'), csv(lines.slice(0, 600)))
  writeFileSync(place.path('later.csv'), csv(later))
  const machines = [
    ...later.slice(0, 100).map((line) => `a,${line}`),
    ...later.slice(0, 8).map((line) => `b,${line}`),
  ]
  writeFileSync(place.path('machines.csv'), `machine,${header}\n${machines.join('\n')}\n`)
  const options = [
    '--window',
    '12',
    '--units',
    '16,8',
    '--epochs',
    '40',
    '--learning-rate',
    '0.005',
    '--out',
    'out',
  ]
  const { code, stderr } = await place.run('train', 'normal.csv', ...options)
  expect(code, stderr).toBe(0)
})
afterAll(() => place.remove())

/** Runs the command, which must go well; gives what it printed. */
async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await place.run(...args)
  expect(code, stderr).toBe(0)
  return stdout
}
const detect = (data: string, ...args: string[]) => run('detect', 'out', data, ...args)
const table = (name: string) =>
  readFileSync(place.path(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))

describe('a fault that was planted', () => {
  test('is found, soon, and its column named', async () => {
    const stdout = await detect('later.csv', '--out', 'scores.csv', '--events', 'events.csv')
    expect(stdout).toMatch(/^read {6,}300 rows of pressure, flow$/m)
    expect(stdout).toMatch(/^scored {4,}289 rows, by windows of 12 rows: \w+$/m)
    expect(stdout).toMatch(/^found +\d+ events?, \d+ rows in alarm$/m)
    const [names, ...events] = table('events.csv')
    expect(names).toEqual(['start', 'raised', 'end', 'columns', 'peak'])
    const rowOf = (time: string) => later.findIndex((line) => line.startsWith(time.replace(' ', 'T')))
    for (const { from, to, column } of FAULTS) {
      const own = events.filter(([start]) => rowOf(start) >= from && rowOf(start) < to + 12)
      expect(own.length).toBeGreaterThan(0)
      expect(rowOf(own[0][0]) - from).toBeLessThan(6)
      expect(own[0][3].split(':')[0]).toBe(column)
    }
    const scored = table('scores.csv').slice(1)
    expect(scored).toHaveLength(300)
    expect(scored.slice(0, 11).every((cells) => cells.slice(1).join('') === '')).toBe(true)
    const isNear = (row: number) => FAULTS.some(({ from, to }) => row >= from && row < to + 12)
    const normal = scored.filter((_, row) => row >= 11 && !isNear(row))
    expect(normal.filter(([, , anomaly]) => anomaly === '1').length).toBeLessThan(0.05 * normal.length)
  })

  test('has the scores that the runtime gives', async () => {
    await detect('later.csv', '--out', 'scores.parquet', '--threshold', '0.5')
    const detector = await loadDetector(place.path('out', 'detector.onnx'), { verify: true })
    const { values } = await readSeries(place.path('later.csv'), { columns: [...detector.columns] })
    const { scores, contributions } = await detector.scoreSeries(values)
    const names = ['score', 'contribution_pressure', 'contribution_flow', 'anomaly']
    const query = `SELECT * FROM '${place.path('scores.parquet')}' WHERE NOT isnan(score)`
    const read = await readTable(query, names)
    expect(read.rows).toBe(289)
    for (let i = 0; i < read.rows; i++) {
      const [score, pressure, flow, anomaly] = read.values.subarray(4 * i, 4 * i + 4)
      const row = i + 11
      expect([score, pressure, flow]).toEqual([
        scores[row],
        contributions[2 * row],
        contributions[2 * row + 1],
      ])
      expect(anomaly).toBe(score > 0.5 ? 1 : 0)
    }
    await detector.dispose()
  })

  test('is told row by row from standard input', async () => {
    const args = ['--min-length', '2', '--release', '0.9', '--time', 'time']
    await detect('later.csv', '--out', 'scores.csv', ...args)
    const child = place.startFilter(['detect', 'out', '-', '--stream', ...args])
    child.stdin.end(csv(later))
    const { code, stdout, stderr } = await outcomeOf(child)
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')])
    const streamed = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
    const written = table('scores.csv')
    expect(streamed[0]).toEqual(written[0])
    expect(streamed).toHaveLength(301)
    streamed.slice(1).forEach((cells, i) => {
      expect(cells[0].replace('T', ' ')).toBe(written[i + 1][0])
      expect(cells.slice(1)).toEqual(written[i + 1].slice(1))
    })
  })
})

describe('adaptive scores', () => {
  const before = lines.length - later.length
  beforeAll(() => writeFileSync(place.path('whole.csv'), csv([...lines.slice(0, before), ...later])))

  test('find the faults while they last, among all rows before, and nothing else', async () => {
    const args = ['--adapt', '--rest', '20', '--events', 'events.csv', '--json', '--out', 'scores.csv']
    const json = JSON.parse(await detect('whole.csv', ...args))
    expect(json).toMatchObject({ adapt: true, threshold: 3, rest: 20, rows: 900, scored: 889 })
    const raised = table('events.csv')
      .slice(1)
      .map(([, time]) => later.findIndex((line) => line.startsWith(time.replace(' ', 'T'))))
    for (const { from, to } of FAULTS) expect(raised.some((row) => row >= from && row < to)).toBe(true)
    expect(raised).toHaveLength(FAULTS.length)
    const detector = await loadDetector(place.path('out', 'detector.onnx'))
    const { values } = await readSeries(place.path('whole.csv'), { columns: [...detector.columns] })
    const { scores } = await detector.scoreSeries(values, { adapt: true })
    await detector.dispose()
    const written = table('scores.csv').slice(12)
    expect(written.map(([, score]) => Math.fround(Number(score)))).toEqual([...scores.subarray(11)])
  })

  test('come row by row, too', async () => {
    const args = ['--adapt', '--threshold', 'rate:0.01', '--time', 'time']
    const stdout = await detect('whole.csv', '--out', 'scores.csv', ...args)
    expect(stdout).toMatch(/^scored .*: \w+, adaptive$/m)
    expect(stdout).toMatch(/^threshold +2, by rate:0.01$/m)
    const child = place.startFilter(['detect', 'out', '-', '--stream', ...args])
    child.stdin.end(csv([...lines.slice(0, before), ...later]))
    const { code, stdout: streamed } = await outcomeOf(child)
    expect(code).toBe(0)
    const [, ...cells] = streamed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').slice(1))
    const written = table('scores.csv')
      .slice(1)
      .map((line) => line.slice(1))
    expect(cells).toEqual(written)
    expect(written.some(([, anomaly]) => anomaly === '1')).toBe(true)
  })
})

test('a threshold by any rule needs no data, and a stricter one raises fewer alarms', async () => {
  const found = async (rule: string) => {
    const json = JSON.parse(await detect('later.csv', '--threshold', rule, '--json', '--out', 'scores.csv'))
    expect(json).toMatchObject({
      rows: 300,
      scored: 289,
      span: 12,
      columns: ['pressure', 'flow'],
      device: 'cpu',
    })
    return json as { threshold: number; anomalies: number; rule: string | number }
  }
  const rules = ['quantile:0.5', 'sigma:1', 'quantile:0.99', 'rate:0.001', 'pot:0.0001', '1e6']
  const all = []
  for (const rule of rules) all.push(await found(rule))
  expect(all.map(({ rule }) => rule)).toEqual([...rules.slice(0, -1), 1e6])
  for (let i = 1; i < all.length; i++) {
    expect(all[i].threshold).toBeGreaterThan(all[i - 1].threshold)
    expect(all[i].anomalies).toBeLessThanOrEqual(all[i - 1].anomalies)
  }
  expect(all[0].anomalies).toBeGreaterThan(100)
  expect(all.at(-1)).toMatchObject({ anomalies: 0, events: 0 })
})

test('groups are kept apart, and one that is shorter than a window has no scores', async () => {
  const args = ['--group-by', 'machine', '--out', 'groups.csv', '--events', 'group-events.csv']
  expect(await detect('machines.csv', ...args)).toMatch(/^scored +89 rows/m)
  const [names, ...rows] = table('groups.csv')
  expect(names.slice(0, 4)).toEqual(['machine', 'time', 'score', 'anomaly'])
  expect(rows.filter(([machine]) => machine === 'b').map((cells) => cells[2])).toEqual(new Array(8).fill(''))
  const [eventNames, ...events] = table('group-events.csv')
  expect(eventNames[0]).toBe('machine')
  expect(new Set(events.map(([machine]) => machine))).toEqual(new Set(['a']))
})

test('how errors become a score, and the threshold, are chosen when training; going on keeps them', async () => {
  const small = ['--window', '12', '--units', '4', '--epochs', '1', '--out', 'chosen']
  await run('train', 'normal.csv', ...small, '--score', 'mahalanobis', '--threshold', 'quantile:0.9')
  expect(await run('inspect', 'chosen/detector.onnx')).toMatch(/^score +mahalanobis$/m)
  await run(
    'train',
    'normal.csv',
    '--out',
    'chosen',
    '--resume',
    '--epochs',
    '2',
    '--threshold',
    'quantile:0.8',
  )
  const stdout = await run('detect', 'chosen', 'later.csv', '--out', 'scores.csv')
  expect(stdout).toMatch(/^scored .*: mahalanobis$/m)
  expect(stdout).toMatch(/^threshold .*, by quantile:0.8$/m)
  const config = JSON.parse(readFileSync(place.path('chosen', 'train', 'config.json'), 'utf8'))
  expect(config.detector).toMatchObject({
    score: 'mahalanobis',
    rule: 'quantile:0.8',
  })
})

test('inspect shows what a detector is, and proves the device', async () => {
  const stdout = await run('inspect', 'out/detector.onnx', '--verify')
  expect(stdout).toMatch(/^kind +detector$/m)
  expect(stdout).toMatch(/^verified +on cpu: off by /m)
})

test.each<[string, string[], RegExp]>([
  [
    'a rule of no kind',
    ['out', 'later.csv', '--threshold', 'often', '--out', 'new.csv'],
    /^--threshold "often" is not allowed; use margin, margin:1.5 /,
  ],
  [
    'a risk that is none',
    ['out', 'later.csv', '--threshold', 'pot:2', '--out', 'new.csv'],
    /^--threshold "pot:2" is not allowed/,
  ],
  ['no place to write', ['out', 'later.csv'], /^--out is missing; only --stream writes to standard output$/],
  [
    'scores of no kind',
    ['out', 'later.csv', '--out', 'new.txt'],
    /^--out "new.txt" is not allowed; use a name that ends in/,
  ],
  [
    'events of no kind',
    ['out', 'later.csv', '--out', 'new.csv', '--events', 'e.txt'],
    /^--events "e.txt" is not allowed; use a name/,
  ],
  [
    'a length of 0',
    ['out', 'later.csv', '--min-length', '0', '--out', 'new.csv'],
    /^--min-length "0" is not allowed; use a whole/,
  ],
  [
    'a release of 2',
    ['out', 'later.csv', '--release', '2', '--out', 'new.csv'],
    /^--release "2" is not allowed; use a number above 0, at most 1$/,
  ],
  [
    'a rest of a half',
    ['out', 'later.csv', '--rest', '0.5', '--out', 'new.csv'],
    /^--rest "0.5" is not allowed; use a whole number from 0 on$/,
  ],
  [
    'a rule of other scores',
    ['out', 'later.csv', '--adapt', '--threshold', 'pot', '--out', 'new.csv'],
    /^threshold "pot" is not for adaptive scores; use rate:0.001 or a number$/,
  ],
  [
    'an encoder',
    ['out/encoder.onnx', 'later.csv', '--out', 'new.csv'],
    /encoder.onnx is an encoder; a detector is needed$/,
  ],
  ['events of a stream', ['out', '-', '--stream', '--events', 'e.csv'], /^--events is not for --stream$/],
  [
    'standard input of a file',
    ['out', '-', '--out', 'new.csv'],
    /^DATA "-" is standard input; use it with --stream$/,
  ],
  [
    'no detector',
    ['.', 'later.csv', '--out', 'new.csv'],
    /^\. holds no detector.onnx; use a directory that train wrote/,
  ],
  [
    'too few rows',
    ['out', "SELECT * FROM 'later.csv' LIMIT 9", '--threshold', '1', '--out', 'new.csv'],
    /^no window: one needs 12 rows, and the longest segment has 9$/,
  ],
])('%s: refused on one line', async (_, args, message) => {
  const { code, stdout, stderr } = await place.run('detect', ...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^tempocode: .*\n$/)
  expect(stderr.replace('tempocode: ', '').trimEnd()).toMatch(message)
  expect(place.list().filter((name) => name.startsWith('new'))).toEqual([])
})
