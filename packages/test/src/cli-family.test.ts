import { readFileSync, writeFileSync } from 'node:fs'
import { loadDecoder, loadEncoder } from '@tempocode/runtime'
import { readSeries, readTable } from '@tempocode/trainer/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { machineCsv } from './machine-data.js'
import { relativeError } from './random-models.js'

const place = new Workplace()
const COLUMNS = ['pressure', 'flow']

beforeAll(() => {
  writeFileSync(place.path('data.csv'), machineCsv(240))
  const lines = machineCsv(90).trimEnd().split('\n')
  // groups of 1 to 12 rows
  const groups = Array.from({ length: 12 }, (_, g) => new Array<string>(g + 1).fill(`g${g + 10}`)).flat()
  const rows = groups.map((name, i) => `${name},${lines[i + 1].split(',').slice(1)}`)
  writeFileSync(place.path('groups.csv'), `${['machine,pressure,flow', ...rows].join('\n')}\n`)
})
afterAll(() => place.remove())

/** Runs the command, which must go well; gives what it printed. */
async function run(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await place.run(...args)
  expect(code, stderr).toBe(0)
  return stdout
}

const train = (out: string, ...args: string[]) =>
  run('train', 'data.csv', '--window', '6', '--epochs', '2', ...args, '--out', out)
const line = (stdout: string, name: string) => new RegExp(`^${name} +(.*)$`, 'm').exec(stdout)?.[1]
const configOf = (out: string) => JSON.parse(readFileSync(place.path(out, 'train', 'config.json'), 'utf8'))

describe('train, for each kind of network, says what it is and how it is measured', () => {
  const like = /^0\.\d+ with 4 components \(same windows, same measure\)$/
  test.each<[string, string[], string, string, RegExp | string]>([
    ['gru', ['--model', 'gru'], 'gru of 6,4 units', 'mse of held-out windows', like],
    ['dense', ['--model', 'dense', '--tied'], 'dense of 6,4 units, tied', 'mse of held-out windows', like],
    [
      'stacked',
      ['--model', 'stacked', '--no-tied'],
      'stacked of 6,4 units, not tied',
      'mse of held-out windows',
      like,
    ],
    [
      'bidirectional',
      ['--bidirectional', '--dropout', '0.1', '--activation', 'relu', '--loss', 'mae'],
      'lstm of 6,4 units, relu, bidirectional, dropout 0.1',
      'mae of held-out windows',
      like,
    ],
    [
      'composite',
      ['--heads', 'reconstruction,prediction', '--horizon', '3', '--loss-weights', 'prediction=0.5'],
      'lstm of 6,4 units, heads reconstruction + prediction, horizon 3',
      'mse of reconstruction + 0.5 × prediction, held-out windows',
      'not computed: the loss is not that of a reconstruction alone',
    ],
    [
      'shifted',
      ['--heads', 'prediction', '--horizon', 'shifted', '--validation-split', '0'],
      'lstm of 6,4 units, heads prediction, horizon shifted',
      'mse of shifted_prediction, training windows',
      'not computed: the loss is not that of a reconstruction alone',
    ],
    [
      'sparse',
      ['--model', 'gru', '--l1', '0.01', '--reversed'],
      'gru of 6,4 units, reversed, l1 0.01',
      'mse of reconstruction + 0.01 × Σ|code|, held-out windows',
      'not computed: the price of large features is part of the loss',
    ],
    [
      'state',
      ['--decoder-state'],
      'lstm of 6,4 units, decoder-state',
      'mse of held-out windows',
      'not computed: the decoder gets more than the features',
    ],
  ])('%s', async (name, args, network, measure, pca) => {
    const stdout = await train(name, '--units', '6,4', ...args)
    expect(line(stdout, 'network')?.split(/, |:/).sort()).toEqual(
      `${network}: 6 rows into 4 features`.split(/, |:/).sort(),
    )
    expect(line(stdout, 'loss')).toMatch(/^[\d.]+ before, [\d.]+ after /)
    expect(line(stdout, 'loss')).toContain(`after (${measure})`)
    expect(line(stdout, 'PCA')).toMatch(pca)
    const encoder = await loadEncoder(place.path(name, 'encoder.onnx'), { verify: true })
    expect(encoder.features).toBe(4)
    await encoder.dispose()
    expect(place.list().includes(`${name}/decoder.onnx`)).toBe(name !== 'state')
  })

  test('inputs that were corrupted are told of', async () => {
    const stdout = await train('corrupted', '--units', '3', '--corrupt', 'masking:0.3')
    expect(line(stdout, 'trained')).toMatch(/by onnx, inputs corrupted by masking:0\.3; kept epoch [12]$/)
  })

  test('what a network is stands in config.json, and is what is resumed', async () => {
    const args = ['--model', 'gru', '--units', '4', '--heads', 'prediction,reconstruction', '--horizon', '2']
    await train('resumed', ...args, '--dropout', '0', '--bidirectional')
    expect(configOf('resumed')).toMatchObject({
      network: {
        model: 'gru',
        window: 6,
        units: [4],
        activation: 'tanh',
        heads: ['prediction', 'reconstruction'],
        horizon: 2,
        bidirectional: true,
      },
      decoder: {
        heads: [
          { name: 'prediction', offset: 6, steps: 2 },
          { name: 'reconstruction', offset: 0, steps: 6 },
        ],
      },
    })
    const stdout = await run('train', 'data.csv', '--out', 'resumed', '--resume', '--epochs', '3')
    expect(line(stdout, 'trained')).toMatch(/^3 epochs/)
    await train('through', ...args, '--dropout', '0', '--bidirectional', '--epochs', '3')
    for (const name of ['encoder.onnx', 'decoder.onnx']) {
      const [a, b] = ['resumed', 'through'].map((out) => readFileSync(place.path(out, name)))
      expect(a.equals(b)).toBe(true)
    }
  })

  test('a network without decoder.onnx takes away that of an older one, and says why', async () => {
    await train('changing', '--units', '3')
    expect(place.list()).toContain('changing/decoder.onnx')
    const stdout = await train('changing', '--units', '3', '--conditional')
    expect(line(stdout, 'wrote')).toBe(
      'changing: encoder.onnx, detector.onnx, train/, and README.md, which tells what they are, and why there is no decoder',
    )
    expect(place.list()).not.toContain('changing/decoder.onnx')
    const readme = readFileSync(place.path('changing', 'README.md'), 'utf8')
    expect(readme).toContain(
      "## No decoder.onnx\n\nThis network's decoders need more than the features: model lstm",
    )
    expect(configOf('changing').decoder.missing).toContain('has no decoder that needs the code alone')
  })
})

describe('decode', () => {
  test('gives back, near the rows that were encoded, what stood beside the features', async () => {
    await train('near', '--model', 'dense', '--units', '10', '--epochs', '200', '--learning-rate', '0.01')
    await run('encode', 'near', 'data.csv', '--stride', '6', '--out', 'f.csv')
    const stdout = await run('decode', 'near', 'f.csv', '--out', 'rows.csv')
    expect(stdout).toMatch(
      /^read {5}10 features of 40 windows\ndecoded {2}240 rows of pressure, flow: 6 of each window's reconstruction\n/,
    )
    const lines = readFileSync(place.path('rows.csv'), 'utf8').trimEnd().split('\n')
    expect(lines[0]).toBe('time,step,pressure,flow')
    expect(lines[1]).toMatch(/^2024-01-01 05:00:00,1,/)
    expect(lines[7]).toMatch(/^2024-01-01 11:00:00,1,/)
    const { values } = await readTable(place.path('rows.csv'), COLUMNS)
    const { values: measured } = await readSeries(place.path('data.csv'), { columns: COLUMNS })
    expect(relativeError(values, measured)).toBeLessThan(0.1) // windows at a stride of 6 are all rows, once
  })

  test('several heads are told apart, or one is written; CSV and Parquet hold the same', async () => {
    await train('two', '--units', '3', '--heads', 'reconstruction,prediction', '--horizon', '2')
    await run('encode', 'two', 'data.csv', '--stride', '100', '--out', 'two.parquet')
    await run('decode', 'two', 'two.parquet', '--out', 'two.csv')
    const lines = readFileSync(place.path('two.csv'), 'utf8').trimEnd().split('\n')
    expect(lines[0]).toBe('time,head,step,pressure,flow')
    const steps = lines.slice(1, 9).map((text) => text.split(',').slice(1, 3).join(' '))
    expect(steps).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((step) => `reconstruction ${step}`),
      ...[7, 8].map((step) => `prediction ${step}`),
    ])
    const json = await run(
      'decode',
      'two',
      'two.parquet',
      '--head',
      'prediction',
      '--json',
      '--out',
      'next.parquet',
    )
    expect(JSON.parse(json)).toMatchObject({ heads: ['prediction'], windows: 3, rows: 6, features: 3 })
    const { keys, values } = await readTable(place.path('next.parquet'), COLUMNS)
    expect(keys).toEqual([
      { name: 'time', kind: 'timestamp' },
      { name: 'step', kind: 'integer' },
    ])
    const predicted = lines.filter((text) => text.includes('prediction'))
    expect([...values].map(Math.fround)).toEqual(
      predicted.flatMap((text) =>
        text
          .split(',')
          .slice(3)
          .map((number) => Math.fround(Number(number))),
      ),
    )
  })
})

describe('generate', () => {
  test('the seed decides, and samples lie where the training data do', async () => {
    await train('made', '--model', 'gru', '--units', '8,4', '--epochs', '30', '--learning-rate', '0.01')
    const stdout = await run('generate', 'made', '--samples', '200', '--out', 'samples.csv')
    expect(stdout).toMatch(/^drew {5}200 samples around the features of 211 training windows, by seed 0\n/)
    const bytes = (file: string) => readFileSync(place.path(file))
    await run('generate', 'made', '--samples', '200', '--seed', '0', '--out', 'again.csv')
    await run('generate', 'made', '--samples', '200', '--seed', '1', '--out', 'other.csv')
    expect(bytes('again.csv').equals(bytes('samples.csv'))).toBe(true)
    expect(bytes('other.csv').equals(bytes('samples.csv'))).toBe(false)

    const { keys, keyValues, values, rows } = await readTable(place.path('samples.csv'), COLUMNS)
    expect(rows).toBe(1200)
    expect(keys.map(({ name }) => name)).toEqual(['sample', 'step'])
    expect([...keyValues[0]].slice(0, 7)).toEqual([1, 1, 1, 1, 1, 1, 2])
    const { values: measured } = await readSeries(place.path('data.csv'), { columns: COLUMNS })
    for (const column of [0, 1]) {
      const [sampled, real] = [values, measured].map((all) => all.filter((_, i) => i % 2 === column))
      const [low, high] = [Math.min(...real), Math.max(...real)]
      const range = high - low
      expect(Math.min(...sampled)).toBeGreaterThan(low - 0.5 * range)
      expect(Math.max(...sampled)).toBeLessThan(high + 0.5 * range)
      expect(Math.max(...sampled) - Math.min(...sampled)).toBeGreaterThan(0.5 * range)
    }
  })
})

describe('sequences of different lengths', () => {
  const masked = ['--group-by', 'machine', '--masked', '--model', 'gru', '--units', '4']

  test('are encoded whole, and as in the API; longer ones by their windows', async () => {
    const args = ['train', 'groups.csv', ...masked, '--window', '8', '--epochs', '2', '--out', 'masked']
    const stdout = await run(...args)
    expect(line(stdout, 'network')).toBe('gru of 4 units, masked: up to 8 rows into 4 features')
    expect(line(stdout, 'loss')).toMatch(/after \(mse of held-out sequences\)$/)
    expect(line(stdout, 'PCA')).toBe('not computed: sequences differ in length')
    const encoded = await run('encode', 'masked', 'groups.csv', '--out', 'masked.csv')
    // groups of up to 8 rows give one row of features, those of 9 to 12 one for each window
    expect(line(encoded, 'encoded')).toBe('22 windows of up to 8 rows into 4 features each')
    const { keyValues, values } = await readTable(place.path('masked.csv'), ['f0', 'f1', 'f2', 'f3'])
    expect([...keyValues[0]].slice(0, 10)).toEqual(
      [10, 11, 12, 13, 14, 15, 16, 17, 18, 18].map((g) => `g${g}`),
    )
    expect([...keyValues[1]].slice(0, 4)).toEqual([1, 3, 6, 10]) // each group's last row

    const encoder = await loadEncoder(place.path('masked', 'encoder.onnx'), { device: 'cpu', verify: true })
    const { values: rows } = await readSeries(place.path('groups.csv'), {
      columns: COLUMNS,
      groupBy: 'machine',
    })
    const third = Array.from({ length: 3 }, (_, r) => [...rows.subarray(2 * (3 + r), 2 * (3 + r) + 2)])
    expect(relativeError((await encoder.encode(third)).data, values.subarray(8, 12))).toBeLessThan(1e-5)
    await encoder.dispose()
    const decoder = await loadDecoder(place.path('masked', 'decoder.onnx'), { verify: true })
    expect(decoder.metadata.codes?.windows).toBe(17) // of the first 11 groups
    await decoder.dispose()
    const inspected = await run('inspect', 'masked', '--verify')
    expect(line(inspected, 'takes')).toBe('input: float32 [batch, time, 2]; lengths: int32 [batch]')
    expect(line(inspected, 'window')).toMatch(/^up to 8 rows/)
  })
})

test('inspect tells of a decoder its heads and what samples are drawn around', async () => {
  await train('seen', '--units', '3', '--heads', 'reconstruction,prediction', '--horizon', '2')
  const stdout = await run('inspect', 'seen/decoder.onnx', '--verify')
  expect(line(stdout, 'kind')).toBe('decoder')
  expect(line(stdout, 'takes')).toBe('features: float32 [batch, 3]')
  expect(line(stdout, 'heads')).toBe('reconstruction (rows 1 to 6), prediction (rows 1 to 2 after it)')
  expect(line(stdout, 'samples')).toMatch(/^around the features of \d+ training windows$/)
  expect(line(stdout, 'verified')).toMatch(/^on cpu: off by /)
  const json = JSON.parse(await run('inspect', 'seen/decoder.onnx', '--json'))
  expect(json.tempocode).toMatchObject({ kind: 'decoder', heads: [{ steps: 6 }, { steps: 2 }], window: 6 })
})
