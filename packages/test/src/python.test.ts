import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { readTable } from '@tempocode/trainer/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { machineCsv } from './machine-data.js'
import { pythonWithOnnx } from './python.js'
import { relativeError } from './random-models.js'

const place = new Workplace()
let found: Awaited<ReturnType<typeof pythonWithOnnx>>

beforeAll(async () => {
  found = await pythonWithOnnx()
})
afterAll(() => place.remove())

const SCRIPT = `
import csv, json, sys
import numpy, onnx, onnxruntime
onnx.checker.check_model(onnx.load('out/encoder.onnx'), full_check=True)
rows = numpy.array([[float(row['pressure']), float(row['flow'])] for row in csv.DictReader(open('data.csv'))], 'float32')
windows = numpy.stack([rows[start:start + 6] for start in range(len(rows) - 5)])
session = onnxruntime.InferenceSession('out/encoder.onnx', providers=['CPUExecutionProvider'])
(features,) = session.run(None, {'input': windows})
onnx.checker.check_model(onnx.load('out/decoder.onnx'), full_check=True)
session = onnxruntime.InferenceSession('out/decoder.onnx', providers=['CPUExecutionProvider'])
(reconstruction,) = session.run(['reconstruction'], {'features': features})
json.dump([{'shape': array.shape, 'data': array.ravel().tolist()} for array in (features, reconstruction)], sys.stdout)
`

test('onnx’s checker accepts encoder and decoder, and Python gives what encode and decode write', async ({
  skip,
}) => {
  if ('missing' in found) return skip(found.missing)
  writeFileSync(place.path('data.csv'), machineCsv(120))
  const train = ['train', 'data.csv', '--window', '6', '--units', '5,3', '--epochs', '2', '--out', 'out']
  expect((await place.run(...train)).code).toBe(0)
  expect((await place.run('encode', 'out', 'data.csv', '--out', 'features.csv')).code).toBe(0)
  expect((await place.run('decode', 'out', 'features.csv', '--out', 'rows.csv')).code).toBe(0)
  const features = await readTable(place.path('features.csv'), ['f0', 'f1', 'f2'])
  const rows = await readTable(place.path('rows.csv'), ['pressure', 'flow'])

  const output = execFileSync(found.python, ['-c', SCRIPT], { cwd: place.directory, encoding: 'utf8' })
  const [encoded, decoded] = JSON.parse(output)
  expect([encoded.shape, decoded.shape]).toEqual([
    [115, 3],
    [115, 6, 2],
  ])
  expect(relativeError(features.values, encoded.data)).toBeLessThan(1e-5)
  expect(relativeError(rows.values, decoded.data)).toBeLessThan(1e-5)
})
