// Trains an encoder on a year of weather, runs it on two devices and compares: each step by the command itself.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './digest.js'
import { build, install } from './install.js'

const DATA = 'node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv'

if (!install() || !build()) process.exit(1)

console.log(
  "An LSTM autoencoder learns Seattle's weather, hour by hour: 24 hours of 3 columns become 8 features.",
)
tempocode(
  'train',
  DATA,
  '--units',
  '32,8',
  '--stride',
  '4',
  '--epochs',
  '20',
  '--learning-rate',
  '0.005',
  '--out',
  'out',
)
const cpu = tempocode('encode', 'out', DATA, '--device', 'cpu', '--out', 'out/features.csv')
const wasm = tempocode('encode', 'out', DATA, '--device', 'wasm', '--out', 'out/features-wasm.csv')

const { result, baseline } = JSON.parse(readFileSync(join(root, 'out/train/config.json'), 'utf8'))
const digits = (value) => String(Number(value.toPrecision(4)))
const time = (output) => /^device .*, (.*)$/m.exec(output)[1]
print('In short', [
  ['loss before training', digits(result.initialLoss)],
  ['loss after it', digits(result.finalLoss)],
  ["PCA's loss", `${digits(baseline.error)} (the same held-out days, and as many numbers for a window)`],
  ['encoding on cpu', time(cpu)],
  ['encoding on wasm', time(wasm)],
  ['largest difference', `${difference('out/features.csv', 'out/features-wasm.csv')} of the largest feature`],
])
print('Next', [
  ['out/report.html', 'shows what was learnt, in pictures'],
  ['out/README.md', 'runs out/encoder.onnx from Node, a browser or Python'],
  ['out/features.csv', 'holds the features of every window'],
  ['npx tempocode train', 'takes your own CSV or Parquet file; --help tells how'],
])

/** Runs the command, shown as one would type it. */
function tempocode(...args) {
  console.log(`\n$ npx tempocode ${args.join(' ')}`)
  const command = ['packages/cli/bin/tempocode.js', ...args]
  const { status, stdout } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  process.stdout.write(stdout)
  if (status !== 0) process.exit(status ?? 1)
  return stdout
}

/** The largest difference of two tables of features, as a part of the largest feature. */
function difference(...files) {
  const [a, b] = files.map((file) => {
    const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').slice(1)
    return lines.flatMap((line) => line.split(',').slice(1).map(Number))
  })
  const most = (values) => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return (most(a.map((value, i) => value - b[i])) / most(a)).toExponential(1)
}

function print(title, lines) {
  const width = Math.max(...lines.map(([name]) => name.length)) + 2
  console.log(`\n${title}`)
  for (const [name, text] of lines) console.log(`  ${name.padEnd(width)}${text}`)
}
