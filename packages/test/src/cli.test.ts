import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { loadEncoder } from '@tempocode/runtime'
import { readSeries, useFastTfjs } from '@tempocode/trainer/node'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Outcome, outcomeOf, Workplace } from './command.js'
import { machineCsv } from './machine-data.js'
import { relativeError } from './random-models.js'

const place = new Workplace()
const SMALL = ['--window', '6', '--units', '5,3', '--epochs', '2']
const FEATURES = ['f0', 'f1', 'f2']
let trained: Outcome

beforeAll(async () => {
  await useFastTfjs()
  writeFileSync(place.path('data.csv'), machineCsv(120))
  trained = await place.run('train', 'data.csv', ...SMALL, '--out', 'out', '--json')
})
afterAll(() => place.remove())

const features = async (file: string) => (await readSeries(place.path(file), { columns: FEATURES })).values

describe('train', () => {
  test('tells all in one JSON object, and its progress elsewhere', () => {
    expect(trained.code, trained.stderr).toBe(0)
    expect(trained.stdout.trimEnd()).not.toContain('\n')
    const result = JSON.parse(trained.stdout)
    expect(result).toMatchObject({
      rows: 120,
      columns: ['pressure', 'flow'],
      window: 6,
      features: 3,
      epochs: 2,
      stopped: 'epochs',
      pca: { components: 3, exact: false },
      warnings: [],
    })
    expect(result.finalLoss).toBeLessThan(result.initialLoss)
    expect(result.pca.error).toBeGreaterThan(0)
    expect(trained.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^epoch 1\/2 {2}loss [\d.]+ +validation loss [\d.]+ +[\d.]+ s$/),
      expect.stringMatching(/^epoch 2\/2 /),
    ])
    for (const file of result.files) expect(place.list()).toContain(`out/${file}`)
    expect(
      place
        .list()
        .filter((path) => path.startsWith('out/'))
        .sort(),
    ).toEqual(['train', ...result.files].map((path) => `out/${path}`).sort())
    for (const file of ['decoder.onnx', 'train/training.onnx', 'train/state.onnx', 'train/checkpoint'])
      expect(result.files).toContain(file)
  })

  test('leaves a history and a config', () => {
    const history = readFileSync(place.path('out/train/history.csv'), 'utf8').trimEnd().split('\n')
    expect(history).toEqual([
      'epoch,loss,validation_loss,learning_rate,seconds',
      expect.stringMatching(/^1(,[\d.e-]+){4}$/),
      expect.stringMatching(/^2(,[\d.e-]+){4}$/),
    ])
    expect(JSON.parse(readFileSync(place.path('out/train/config.json'), 'utf8'))).toMatchObject({
      settings: { epochs: 2, batchSize: 32, seed: 0 },
      source: { data: 'data.csv', time: 'time', columns: ['pressure', 'flow'] },
      network: { model: 'lstm', window: 6, units: [5, 3], activation: 'tanh' },
      decoder: { heads: [{ name: 'reconstruction', offset: 0, steps: 6 }], codes: { windows: 103 } },
      rows: { training: 108, validation: 12 },
      encoder: { columns: ['pressure', 'flow'], window: 6, features: 3, timeStep: 3600 },
    })
  })

  test('leaves a model that plain tfjs loads, with the weights of the encoder', async () => {
    const { modelTopology, weightsManifest } = JSON.parse(
      readFileSync(place.path('out/train/model.json'), 'utf8'),
    )
    const weightData = new Uint8Array(readFileSync(place.path('out/train/weights.bin'))).buffer
    const weightSpecs = weightsManifest[0].weights
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }))
    const encoder = await loadEncoder(place.path('out/encoder.onnx'), { device: 'cpu', verify: true })
    const { center, scale } = encoder.metadata.scaler
    const rows = Float32Array.from({ length: 6 * 2 }, (_, i) => center[i % 2] + scale[i % 2] * Math.sin(i))
    const scaled = tf.tensor(
      Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
      [1, 6, 2],
    )
    const code = tf.model({ inputs: model.inputs, outputs: model.getLayer('encoder_2').output })
    const expected = (code.predict(scaled) as tf.Tensor).dataSync()
    expect(relativeError((await encoder.encode(rows)).data, expected)).toBeLessThan(1e-5)
    await encoder.dispose()
  })

  test('says the same to people', async () => {
    const { code, stdout } = await place.run('train', 'data.csv', ...SMALL, '--out', 'again')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^read {5}120 rows of pressure, flow\nnetwork {2}lstm of 5,3 units: 6 rows into 3 features\ntrained {2}2 epochs in /,
    )
    expect(stdout).toMatch(
      /^wrote {4}again: encoder.onnx, decoder.onnx, detector.onnx, train\/, and README.md, which tells/m,
    )
    const next = /^next {5}tempocode (.*)$/m.exec(stdout)![1]
    expect(next).toBe('encode again data.csv --time time --out features.csv')
    expect((await place.run(...next.split(' '))).code).toBe(0)
    const file = (...names: string[]) => readFileSync(place.path(...names))
    for (const name of ['encoder.onnx', 'decoder.onnx', 'detector.onnx']) // the same seed gives the same files
      expect(file('again', name).equals(file('out', name))).toBe(true)
  })

  test('warns of a constant column', async () => {
    writeFileSync(place.path('constant.csv'), machineCsv(60).replace(/,[\d.]+$/gm, ',7'))
    const { code, stderr } = await place.run('train', 'constant.csv', ...SMALL, '--out', 'constant')
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('tempocode: warning: column "flow" is constant in the training rows\n')
  })

  test('skips the comparison with PCA where it cannot be made, and says why', async () => {
    const { stdout } = await place.run(
      'train',
      'data.csv',
      ...SMALL,
      '--validation-split',
      '0',
      '--out',
      'all',
    )
    expect(stdout).toMatch(/^PCA {6}not computed: no held-out windows$/m)
  })

  test('Ctrl-C keeps what was learnt', async () => {
    const child = place.start([
      'train',
      'data.csv',
      ...SMALL,
      '--epochs',
      '1000000',
      '--patience',
      '1000000',
      '--out',
      'stopped',
    ])
    const end = outcomeOf(child)
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    const { code, stdout, stderr } = await end
    expect(code, stderr).toBe(130)
    expect(stdout).toContain(', as it was stopped; kept epoch ')
    expect(stderr).toMatch(
      /tempocode: training was stopped; epoch \d+ was kept, and stopped holds what was learnt\n$/,
    )
    const encoder = await loadEncoder(place.path('stopped/encoder.onnx'), { verify: true })
    expect(encoder.columns).toEqual(['pressure', 'flow'])
    await encoder.dispose()
  })
})

describe('train --resume', () => {
  const LONG = ['data.csv', '--window', '6', '--units', '5,3', '--batch-size', '16', '--epochs', '30']
  const encoder = (directory: string) => readFileSync(place.path(directory, 'encoder.onnx'))
  beforeAll(async () => {
    const { code, stderr } = await place.run('train', ...LONG, '--schedule', 'cosine', '--out', 'through')
    expect(code, stderr).toBe(0)
  })

  test('after a kill, training goes on from the last checkpoint and ends with the same bits', async () => {
    const options = [...LONG, '--schedule', 'cosine', '--checkpoint-every', '3steps', '--out', 'killed']
    const child = place.start(['train', ...options])
    const end = outcomeOf(child)
    await once(child.stderr, 'data')
    child.kill('SIGKILL')
    expect((await end).code).toBe(null)
    expect(place.list()).not.toContain('killed/encoder.onnx')
    const { code, stdout, stderr } = await place.run(
      'train',
      'data.csv',
      '--out',
      'killed',
      '--resume',
      '--json',
    )
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ epochs: 30, window: 6, features: 3 })
    expect(encoder('killed').equals(encoder('through'))).toBe(true)
  })

  test('after Ctrl-C, too', async () => {
    const child = place.start(['train', ...LONG, '--schedule', 'cosine', '--out', 'interrupted'])
    const end = outcomeOf(child)
    await once(child.stderr, 'data')
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
    const { code, stderr } = await place.run('train', 'data.csv', '--out', 'interrupted', '--resume')
    expect(code, stderr).toBe(0)
    expect(encoder('interrupted').equals(encoder('through'))).toBe(true)
  })

  test('more epochs go on where training ended', async () => {
    const options = ['data.csv', ...SMALL, '--optimizer', 'sgd', '--momentum', '0.9', '--nesterov']
    expect((await place.run('train', ...options, '--epochs', '4', '--out', 'four')).code).toBe(0)
    expect((await place.run('train', ...options, '--out', 'two')).code).toBe(0)
    const { code, stderr } = await place.run('train', 'data.csv', '--out', 'two', '--resume', '--epochs', '4')
    expect(code, stderr).toBe(0)
    const [three, four, rest] = stderr.split('\n')
    expect([three, four].map((line) => line.slice(0, 9))).toEqual(['epoch 3/4', 'epoch 4/4'])
    expect(rest).toBe('')
    expect(encoder('two').equals(encoder('four'))).toBe(true)
  })
})

describe('encode', () => {
  test('cpu and wasm, CSV and Parquet give the same features', async () => {
    for (const [device, file] of [
      ['cpu', 'cpu.csv'],
      ['wasm', 'wasm.csv'],
      ['cpu', 'cpu.parquet'],
    ]) {
      const { code, stdout, stderr } = await place.run(
        'encode',
        'out',
        'data.csv',
        '--device',
        device,
        '--out',
        file,
        '--json',
      )
      expect(code, stderr).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ device, out: file, windows: 115, features: 3 })
    }
    const cpu = await features('cpu.csv')
    expect(cpu.length).toBe(115 * 3)
    expect(relativeError(await features('wasm.csv'), cpu)).toBeLessThan(1e-5)
    expect(await features('cpu.parquet')).toEqual(cpu)
  })

  test('a row has the time of its window’s last row', () => {
    const lines = readFileSync(place.path('cpu.csv'), 'utf8').split('\n')
    expect(lines[0]).toBe('time,f0,f1,f2')
    expect(lines[1]).toMatch(/^2024-01-01 05:00:00,/)
    expect(lines[115]).toMatch(/^2024-01-05 23:00:00,/)
  })

  test('rows without times have numbers, groups their names, and no window spans two groups', async () => {
    const rows = machineCsv(20).trimEnd().split('\n').slice(1)
    const lines = rows.map((row, i) => `${i < 10 ? 'left' : 'right'},${row.split(',').slice(1)}`)
    writeFileSync(place.path('groups.csv'), `${['machine,pressure,flow', ...lines].join('\n')}\n`)
    const args = ['--group-by', 'machine', '--stride', '2', '--out', 'groups-features.csv']
    const { code, stderr } = await place.run('encode', 'out/encoder.onnx', 'groups.csv', ...args)
    expect(code, stderr).toBe(0)
    const written = readFileSync(place.path('groups-features.csv'), 'utf8').trimEnd().split('\n')
    const keys = written.map((line) => line.split(',').slice(0, 2).join())
    expect(keys).toEqual(['machine,row', 'left,6', 'left,8', 'left,10', 'right,16', 'right,18', 'right,20'])
  })

  test('an encoder trained on groups keeps them apart unless it is told not to', async () => {
    const train = [
      '--group-by',
      'machine',
      '--window',
      '4',
      '--units',
      '2',
      '--epochs',
      '1',
      '--out',
      'grouped',
    ]
    expect((await place.run('train', 'groups.csv', '--validation-split', '0', ...train)).code).toBe(0)
    const windows = async (...args: string[]) => {
      const { code, stderr } = await place.run('encode', 'grouped', 'groups.csv', '--out', 'g.csv', ...args)
      expect(code, stderr).toBe(0)
      return readFileSync(place.path('g.csv'), 'utf8').trimEnd().split('\n')
    }
    const apart = await windows()
    expect([apart[0], apart.length]).toEqual(['machine,row,f0,f1', 1 + 2 * 7])
    const together = await windows('--no-group-by')
    expect([together[0], together.length]).toEqual(['row,f0,f1', 1 + 17])
  })
})

test('inspect tells what a file is, and proves it', async () => {
  const { code, stdout } = await place.run('inspect', 'out', '--verify', '--device', 'wasm')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^takes +input: float32 \[batch, time, 2\]$/m)
  expect(stdout).toMatch(/^verified +on wasm: off by [\d.]+e[-+]\d+ /m)
  const json = await place.run('inspect', 'out/encoder.onnx', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({ tempocode: { window: 6, features: 3, seed: 0 } })
})

test('rows with NaN or infinity give NaN features, and touch no others', async () => {
  const encoder = await loadEncoder(place.path('out/encoder.onnx'))
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const { data } = await encoder.encode(new Float32Array(3 * 12).fill(1).fill(bad, 17, 18))
    expect([...data].map(Number.isNaN)).toEqual([false, false, false, true, true, true, false, false, false])
  }
  await encoder.dispose()
})

test('help shows examples, version the version', async () => {
  for (const command of [[], ['train'], ['encode'], ['decode'], ['generate'], ['inspect']]) {
    const { code, stdout, stderr } = await place.run(...command, '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Examples:\n  tempocode ${command[0] ?? 'train'} `)
  }
  expect(await place.run('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
})

test('a reader that leaves early is no failure', async () => {
  const child = place.start(['train', '--help'])
  child.stdout.destroy()
  expect(await outcomeOf(child)).toMatchObject({ code: 0, stderr: '' })
})
