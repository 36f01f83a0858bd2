import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { loadForecaster } from '@tempocode/runtime'
import { readSeries } from '@tempocode/trainer/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Outcome, Workplace } from './command.js'
import { groupedCsv, planCsv, ROWS, SIZE } from './forecast-data.js'
import { FORECAST_MISTAKES, writeMistaken } from './forecast-mistakes.js'
import { machineCsv } from './machine-data.js'
import { expectRefusal } from './mistake.js'
import { pythonWithOnnx } from './python.js'

const HORIZON = 3
const place = new Workplace()
const read = (...names: string[]) => readFileSync(place.path(...names))
const table = (name: string) => read(name).toString().trimEnd().split('\n')
const BARE = ['--use-features', 'no', '--no-cycles', '--coverage', '0', '--test-split', '0']
const GROUPED = ['--group-by', 'machine', '--known', 'plan', '--future', 'plan.csv', '--use-features', 'no']
let [bare, grouped]: { evaluation?: { bySeries: { group: string }[] }; coverage?: number }[] = []
let [groupedRows, firstRows]: string[][] = []
let first: Outcome

const forecast = (directory: string, data: string, ...args: string[]) =>
  place.run('forecast', directory, data, '--out', 'forecast.csv', ...args)

async function result(directory: string, data: string, ...args: string[]) {
  const { code, stdout, stderr } = await forecast(directory, data, '--json', ...args)
  expect(code, stderr).toBe(0)
  expect(stdout.trimEnd()).not.toContain('\n')
  return JSON.parse(stdout)
}

beforeAll(async () => {
  writeFileSync(place.path('data.csv'), machineCsv(ROWS))
  writeFileSync(place.path('groups.csv'), groupedCsv(ROWS))
  writeFileSync(
    place.path('plan.csv'),
    planCsv(5, (hour) => hour % 2),
  )
  const { code, stderr } = await place.run(
    ...['train', 'data.csv', '--window', '6', '--units', '3', '--epochs', '1', '--out', 'out'],
  )
  expect(code, stderr).toBe(0)
  bare = await result('bare', 'data.csv', ...BARE, ...SIZE)
  grouped = await result('grouped', 'groups.csv', ...GROUPED, ...SIZE)
  groupedRows = table('forecast.csv')
  first = await forecast('out', 'data.csv', '--targets', 'flow', '--use-features', 'yes', ...SIZE)
  firstRows = table('forecast.csv')
  copyFileSync(place.path('out', 'forecaster.onnx'), place.path('first.onnx'))
})
afterAll(() => place.remove())

describe('the first call', () => {
  test('trains, and tells people how good it is beside what is to be beaten', () => {
    expect(first.code, first.stderr).toBe(0)
    const lines = first.stdout.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      'read       200 rows of pressure, flow',
      'sees       8 rows, 3 features of the encoder, the time of day',
      'forecasts  flow, 3 rows ahead',
      expect.stringMatching(
        /^trained {4}1 epoch in [\d.]+ s by onnx; kept epoch 1; loss [\d.]+ before, [\d.]+ after$/,
      ),
    ])
    expect(lines[4]).toMatch(/^tested {5}38 windows +MSE +MAE +sMAPE +MASE$/)
    const rows = ['forecaster', 'persistence', 'seasonal-naive']
    const names = lines.slice(5, 12).map((line) => line.trim().split('  ')[0])
    expect(names).toEqual([...rows, 'the 2 that move farthest', ...rows])
    expect(lines.slice(12, -1)).toEqual([
      expect.stringMatching(/^intervals {2}[\d.]+ % of the values within them; mean width [\d.]+, scaled$/),
      'device     cpu',
      'wrote      forecast.csv: 3 rows; out/forecaster.onnx',
      'see        out/forecast.html: how good it is, in pictures',
    ])
  })

  test('leaves the file, a page and all that was measured', () => {
    for (const name of ['forecaster.onnx', 'forecast.html', 'train/forecaster.json'])
      expect(place.list()).toContain(`out/${name}`)
    const config = JSON.parse(read('out', 'train', 'forecaster.json').toString())
    expect(config).toMatchObject({
      source: { data: 'data.csv', time: 'time', columns: ['pressure', 'flow'] },
      flags: { targets: ['flow'], horizon: 3, window: 8, epochs: 1, units: [4] },
      settings: { targets: ['flow'], others: ['pressure'], features: 3, cycles: ['day'], season: 24 },
      rows: { training: 128, validation: 32, test: 40 },
      evaluation: { windows: 38, season: 24 },
      encoder: expect.stringMatching(/^[\da-f]{64}$/),
    })
    expect(config.evaluation.byStep).toHaveLength(HORIZON)
    expect(read('out', 'forecast.html').toString()).toContain('<h1>data.csv</h1>')
  })

  test('writes the rows after the end, as loadForecaster gives them', async () => {
    const { values, columns } = await readSeries(place.path('data.csv'))
    const forecaster = await loadForecaster(place.path('out', 'forecaster.onnx'), {
      device: 'cpu',
      verify: true,
    })
    const rows = Array.from({ length: forecaster.window }, (_, i) => ROWS - forecaster.window + i)
    const window = rows.flatMap((row) =>
      forecaster.columns.map((name) => values[row * columns.length + columns.indexOf(name)]),
    )
    const end = Date.UTC(2024, 0, 1, ROWS - 1) / 1000
    const due = await forecaster.forecast(Float32Array.from(window), { end })
    await forecaster.dispose()
    const [head, ...lines] = table('forecast.csv')
    expect(head).toBe('time,flow,flow_lower,flow_upper')
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      '2024-01-09 08:00:00',
      '2024-01-09 09:00:00',
      '2024-01-09 10:00:00',
    ])
    const numbers = lines.map((line) => line.split(',').slice(1).map(Number).map(Math.fround))
    const { forecast, lower, upper } = due
    expect(numbers).toEqual(Array.from(forecast, (value, step) => [value, lower![step], upper![step]]))
  })
})

test('the Python of docs/forecasting.md gives the same', async ({ skip }) => {
  const found = await pythonWithOnnx()
  if ('missing' in found) return skip(found.missing)
  const docs = readFileSync(new URL('../../../docs/forecasting.md', import.meta.url), 'utf8')
  const [, code] = /```python\n(.*?)```/s.exec(docs)!
  const program = `import csv, datetime
lines = list(csv.reader(open('data.csv')))[-8:]
rows = [[float(flow), float(pressure)] for _, pressure, flow in lines]
utc = datetime.timezone.utc
import numpy
seconds = numpy.array([datetime.datetime.fromisoformat(line[0]).replace(tzinfo=utc).timestamp() for line in lines])
${code.replace('forecaster.onnx', 'first.onnx')}
print(json.dumps([float(value) for value in forecast.flatten()]))`
  writeFileSync(place.path('program.py'), program)
  const { stdout } = await promisify(execFile)(found.python, ['program.py'], { cwd: place.directory })
  const due = firstRows.slice(1).map((line) => Number(line.split(',')[1]))
  const given: number[] = JSON.parse(stdout)
  expect(given).toHaveLength(HORIZON)
  given.forEach((value, step) => {
    expect(value).toBeCloseTo(due[step], 3)
  })
})

describe('a later call', () => {
  test('uses the file again: nothing is trained, and what is not given is as it was', async () => {
    const [file, page, rows] = [
      read('out', 'forecaster.onnx'),
      read('out', 'forecast.html'),
      table('forecast.csv'),
    ]
    const again = await result('out', 'data.csv')
    expect(again).toMatchObject({ trained: false, targets: ['flow'], horizon: 3, window: 8, features: 3 })
    const { evaluation } = JSON.parse(read('out', 'train', 'forecaster.json').toString())
    expect(again.evaluation).toEqual(evaluation)
    expect(table('forecast.csv')).toEqual(rows)
    expect(read('out', 'forecaster.onnx').equals(file) && read('out', 'forecast.html').equals(page)).toBe(
      true,
    )
    const people = await forecast('out', 'data.csv', '--epochs', '1', '--columns', 'flow,pressure')
    expect(people.stdout).toContain(
      '\nreused     out/forecaster.onnx, as it was trained before; --retrain trains anew\n',
    )
    expect(people.stderr).toBe('')
  })

  test('of newer rows follows their end', async () => {
    writeFileSync(place.path('newer.csv'), machineCsv(ROWS + 24))
    expect(await result('out', 'newer.csv')).toMatchObject({ trained: false, read: ROWS + 24 })
    expect(table('forecast.csv')[1]).toMatch(/^2024-01-10 08:00:00,/)
  })

  test('works with the ONNX file alone, too', async () => {
    mkdirSync(place.path('copied'))
    copyFileSync(place.path('out', 'forecaster.onnx'), place.path('copied', 'forecaster.onnx'))
    const copied = await result('copied', 'data.csv', '--horizon', '3', '--use-features', 'yes')
    expect(copied).toMatchObject({ trained: false, targets: ['flow'] })
    expect(copied.evaluation).toBeUndefined()
  })

  test('with another horizon trains anew, and says why; the other options are as they were', async () => {
    const { code, stdout, stderr } = await forecast('out', 'data.csv', '--horizon', '4')
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/^trained {4}anew \(--horizon was 3\): 1 epoch in /m)
    expect(stdout).toMatch(/^forecasts {2}flow, 4 rows ahead$/m)
    expect(table('forecast.csv')).toHaveLength(1 + 4)
  })

  test('with another encoder, or --retrain, too', async () => {
    const train = ['--window', '6', '--units', '3', '--epochs', '1', '--seed', '1', '--out', 'out']
    expect((await place.run('train', 'data.csv', ...train)).code).toBe(0)
    const other = await result('out', 'data.csv')
    expect(other).toMatchObject({
      trained: true,
      reason: 'out/forecaster.onnx has another encoder in it',
      horizon: 4,
    })
    expect(await result('out', 'data.csv')).toMatchObject({ trained: false })
    expect(await result('out', 'data.csv', '--retrain')).toMatchObject({ trained: true, reason: '--retrain' })
  })
})

test.each([
  [6, 0],
  [9, 3],
])('an encoder of %i rows gives a forecaster of 8 rows %i features', async (window, features) => {
  const directory = `of-${window}`
  const train = ['--window', String(window), '--units', '3', '--epochs', '1', '--out', directory]
  expect((await place.run('train', 'data.csv', ...train)).code).toBe(0)
  const { stdout } = await forecast(directory, 'data.csv', ...SIZE)
  const note = "not the encoder's features, which tell of 6 rows; --use-features yes adds them"
  expect(stdout.includes(note)).toBe(features === 0)
  expect(await result(directory, 'data.csv')).toMatchObject({ trained: false, features })
})

test('without features it needs no encoder; without intervals and test rows there are neither', async () => {
  expect(bare).toMatchObject({ features: 0, cycles: [], targets: ['pressure', 'flow'], trained: true })
  expect([bare.evaluation, bare.coverage]).toEqual([undefined, undefined])
  await result('bare', 'data.csv')
  expect(table('forecast.csv')[0]).toBe('time,pressure,flow')
})

describe('groups, and a plan that is known ahead', () => {
  test('each group has its rows, its errors, and its own level', async () => {
    expect(grouped).toMatchObject({ groups: ['left', 'right'], known: ['plan'] })
    expect(grouped.evaluation?.bySeries.map(({ group }) => group)).toEqual(['left', 'right'])
    const [head, ...lines] = groupedRows
    expect(head).toBe('machine,time,pressure,pressure_lower,pressure_upper,flow,flow_lower,flow_upper')
    const cells = lines.map((line) => line.split(','))
    expect(cells.map(([machine, time]) => `${machine} ${time.slice(11, 13)}`)).toEqual([
      'left 08',
      'left 09',
      'left 10',
      'right 08',
      'right 09',
      'right 10',
    ])
    const pressure = cells.map((row) => Number(row[2]))
    for (const value of pressure.slice(0, 3)) expect(Math.abs(value - 5)).toBeLessThan(5)
    for (const value of pressure.slice(3)) expect(Math.abs(value - 105)).toBeLessThan(5)
  })

  test('the plan’s rows enter horizon rows early', async () => {
    const { values, columns } = await readSeries(place.path('groups.csv'), { groupBy: 'machine' })
    const forecaster = await loadForecaster(place.path('grouped', 'forecaster.onnx'), { device: 'cpu' })
    const window = Array.from({ length: 8 }, (_, i) => ROWS - 8 + i).flatMap((row) => [
      ...['pressure', 'flow'].map((name) => values[row * columns.length + columns.indexOf(name)]),
      row + HORIZON < ROWS ? Number((row + HORIZON) % 5 === 0) : (row + HORIZON - ROWS) % 2,
    ])
    const end = Date.UTC(2024, 0, 1, ROWS - 1) / 1000
    const { forecast } = await forecaster.forecast(Float32Array.from(window), { end, group: 'left' })
    await forecaster.dispose()
    const given = groupedRows.slice(1, 4).map((line) => line.split(','))
    expect(given.flatMap((cells) => [cells[2], cells[5]].map(Number).map(Math.fround))).toEqual([...forecast])
  })

  test('a later call needs the plan to come again, and no option else', async () => {
    writeFileSync(
      place.path('other-plan.csv'),
      planCsv(5, () => 1),
    )
    expect(await result('grouped', 'groups.csv', '--future', 'other-plan.csv')).toMatchObject({
      trained: false,
    })
    expect(table('forecast.csv')).not.toEqual(groupedRows)
  })
})

describe('typical mistakes', () => {
  beforeAll(() => writeMistaken(place))

  test.each(FORECAST_MISTAKES)(
    '%s: one line, exit code 2, nothing left',
    async (_name, [directory, data, ...args], message) => {
      const before = place.list()
      const out = args.includes('--out') ? [] : ['--out', 'new.csv']
      const outcome = await place.run('forecast', directory, data, ...args, ...out)
      expectRefusal(outcome, message)
      expect(place.list()).toEqual(before)
    },
  )
})
