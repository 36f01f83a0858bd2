import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  denseAutoencoder,
  gruAutoencoder,
  type LstmAutoencoderOptions,
  lstmAutoencoder,
} from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'
import { afterAll, expect, test } from 'vitest'
import { seriesOf } from '../series-of.js'
import { fit } from './fit.js'

const directory = mkdtempSync(join(tmpdir(), 'tempocode-test-'))
afterAll(() => rmSync(directory, { recursive: true }))

const rows = Array.from({ length: 60 }, (_, t) => [Math.sin(t / 3), Math.cos(t / 5)])
const size = { window: 5, columns: 2, units: [4] }
const whole = { ...seriesOf(rows, { columns: ['pressure', 'flow'] }) }
const grouped = {
  ...whole,
  segments: Array.from({ length: 12 }, (_, g) => ({ start: 5 * g, end: 5 * g + 1 + (g % 5), name: `g${g}` })),
}

/** README.md of a run of one epoch. */
async function readmeOf(model: tf.LayersModel, options: Parameters<typeof fit>[2] = {}, series = whole) {
  const run = await fit(model, series, { epochs: 1, validationSplit: 0.2, ...options })
  const files = await run.save(directory)
  const content = readFileSync(join(directory, 'README.md'), 'utf8')
  return {
    files,
    content,
    section: (title: string) => content.split(/^(?=## )/m).find((part) => part.startsWith(`## ${title}`)),
  }
}
const lstm = (options: Partial<LstmAutoencoderOptions> = {}) => lstmAutoencoder({ ...size, ...options })

test('a reconstruction’s README tells of encoder, decoder and what is for tfjs', async () => {
  const { files, content, section } = await readmeOf(lstm())
  expect(files).toEqual(expect.arrayContaining(['decoder.onnx', 'report.html']))
  expect(readFileSync(join(directory, 'report.html'), 'utf8')).toContain(
    'lstm_autoencoder turns windows of 5 rows',
  )
  expect(content).toContain('It turns a window of 5 rows into 4 features.')
  expect(content).toContain('- Loss (mse of scaled values: reconstruction; held-out windows): ')
  expect(section('encoder.onnx')).toContain(
    '| input | `input` | float32 | [batch, 5, 2] |\n| output | `features`',
  )
  expect(section('decoder.onnx')).toContain(
    "| output | `reconstruction` | float32 | [batch, 5, 2] | the window's rows |",
  )
  expect(section('decoder.onnx')).toContain(
    'const { reconstruction } = await decoder.decode(data) // 4 features give',
  )
  expect(section('detector.onnx')).toContain(
    '| input | `input` | float32 | [batch, 5, 2] | 5 rows |\n| output | `recon',
  )
  expect(section('detector.onnx')).toMatch(
    /^A score above [\d.]+ is an anomaly \(margin, by the scores of 52 windows of the training\)\. /m,
  )
  expect(section('train/')).toContain('`tf.loadLayersModel` loads it\n')
  expect(section('train/')).toContain('(1 / batch each) and `learning_rate`')
})

test('heads are told by the rows that they give', async () => {
  const heads = ['prediction', 'reconstruction'] as const
  const { content, section } = await readmeOf(lstm({ heads, horizon: 3 }), {
    lossWeights: { prediction: 0.5 },
  })
  expect(content).toContain('mse of scaled values: 0.5 × prediction + reconstruction;')
  expect(section('decoder.onnx')).toContain('[batch, 3, 2] | the 3 rows after the window |')
  expect(section('decoder.onnx')).toContain('`head` is the output that it is of')
  expect(section('detector.onnx')).toContain(
    '8 rows, 3 of them after the window, to be compared with the prediction',
  )
  const shifted = await readmeOf(lstm({ heads: ['prediction'], horizon: 'shifted' }))
  expect(shifted.section('decoder.onnx')).toContain(
    '| output | `shifted_prediction` | float32 | [batch, 4, 2] | rows 2 to 5 of the window |',
  )
})

test('sequences of different lengths need the lengths, and layers of ours a word', async () => {
  const model = gruAutoencoder({ ...size, units: [6, 4], masked: true, dropout: 0.1, l1: 0.01 })
  const { content, section } = await readmeOf(model, { corrupt: 'masking:0.1' }, grouped)
  expect(content).toContain('It turns a sequence of 1 to 5 rows into 4 features.')
  expect(content).toContain('reconstruction + 0.01 × Σ|code|; held-out sequences)')
  expect(section('encoder.onnx')).toContain('| input | `lengths` | int32 | [batch] |')
  expect(section('encoder.onnx')).toContain("{'input': rows, 'lengths': lengths}")
  expect(section('decoder.onnx')).toContain('the rows past its end mean nothing')
  expect(section('detector.onnx')).toContain(
    '| input | `lengths` | int32 | [batch] | how many rows of each window',
  )
  expect(section('train/')).toContain(
    "once `import 'tempocode'` has made ActivityRegularization, ResetAfterGRU and Unmask known",
  )
  for (const input of [
    '`lengths` [steps, batch] (int64',
    '`keep` [steps, batch, 5, 2]',
    '`fill` [',
    '`dropout_1/keep` [',
  ])
    expect(section('train/')).toContain(input)
})

test('why there is no decoder is told, and an old one goes', async () => {
  await readmeOf(denseAutoencoder(size))
  const { files, section } = await readmeOf(lstm({ decoderState: true }))
  expect(files).not.toContain('decoder.onnx')
  expect(() => readFileSync(join(directory, 'decoder.onnx'))).toThrow('ENOENT')
  expect(section('No decoder.onnx')).toContain('lstm_autoencoder has no decoder that needs the code alone')
  const config = JSON.parse(readFileSync(join(directory, 'train/config.json'), 'utf8'))
  expect(config.decoder).toEqual({ missing: expect.stringContaining('has no decoder') })
})
