import { readFile } from 'node:fs/promises'
import { TempocodeError } from '@tempocode/core'
import {
  type InspectedMetadata,
  type Inspection,
  inspectModel,
  type LoadOptions,
  loadDecoder,
  loadEncoder,
  type Verification,
} from '@tempocode/runtime'
import type { Command } from 'commander'
import { artefactPath } from '../artefact-path.js'
import { choiceOption } from '../options.js'
import { print } from '../output.js'
import { DEVICES } from './encode.js'
import { linesOfDevices, plainBeside } from './inspect-devices.js'

type DecoderInspection = Extract<InspectedMetadata, { kind: 'decoder' }>

interface Options {
  verify?: boolean
  device?: LoadOptions['device']
  json?: boolean
}

const EXAMPLES = `
Examples:
  tempocode inspect out
  tempocode inspect out/decoder.onnx
  tempocode inspect out/encoder.onnx --verify --device wasm --json`

export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description('Shows what an ONNX file takes and gives, which devices run it, and what it says of itself.')
    .argument('<FILE>', 'an ONNX file, or a directory that train wrote')
    .option('--verify', 'run the example that the file holds, and compare')
    .addOption(choiceOption('--device <name>', 'where to verify (default: auto)', DEVICES))
    .option('--json', 'print one JSON object')
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .action(inspect)
}

async function inspect(path: string, { verify, device, json }: Options): Promise<void> {
  if (device !== undefined && !verify) {
    throw new TempocodeError('option', `--device ${device} is of use with --verify alone`)
  }
  const file = await artefactPath(path, 'encoder.onnx')
  const bytes = await read(file)
  const inspection = inspectModel(bytes, file)
  const plain = inspection.devices.cuda.length > 0 ? await plainBeside(file) : undefined
  const verification = verify ? await verified(file, inspection, device) : undefined
  const lines = linesOf(file, inspection, { plain, verification })
  print(json, { file, ...inspection, plain, verification }, lines)
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TempocodeError('file', `cannot read ${file}: ${reason}`, { file }, { cause })
  }
}

async function verified(
  file: string,
  { tempocode }: Inspection,
  device: LoadOptions['device'],
): Promise<Verification> {
  const load = tempocode?.kind === 'decoder' ? loadDecoder : loadEncoder
  const loaded = await load(file, { device, verify: true })
  try {
    return await loaded.verify()
  } finally {
    await loaded.dispose()
  }
}

function linesOf(
  file: string,
  inspection: Inspection,
  { plain, verification }: { plain?: string; verification?: Verification },
): [string, string][] {
  const { size, producer, irVersion, opsets, inputs, outputs, ops, tempocode } = inspection
  const value = ({ name, type, dims }: Inspection['inputs'][number]) =>
    `${name}: ${type} [${dims?.join(', ') ?? '?'}]`
  const versions = Object.entries(opsets).map(([domain, version]) => `${domain} ${version}`)
  const counts = Object.entries(ops).map(([op, count]) => (count === 1 ? op : `${op} (${count})`))
  const lines: [string, string][] = [
    ['file', `${file}, ${(size / 1024).toFixed(1)} KiB, by ${producer.trim() || 'an unnamed tool'}`],
    ['takes', inputs.map(value).join('; ')],
    ['gives', outputs.map(value).join('; ')],
    ['operators', counts.sort().join(', ')],
    ['versions', `${versions.join(', ')}; IR ${irVersion}`],
    ...linesOfDevices(inspection, plain),
  ]
  if (tempocode === undefined) return [...lines, ['tempocode', 'not written by it']]
  const { kind, columns, window, timeStep, groupBy, features, scaler, stride, seed, dataDigest } = tempocode
  const step = timeStep === undefined ? '' : `, usually ${timeStep} apart`
  const upTo = kind === 'encoder' && tempocode.masked ? 'up to ' : ''
  lines.push(
    ['kind', kind],
    ['columns', columns.join(', ')],
    ...(groupBy === undefined ? [] : [['groups', `by ${groupBy}`] as [string, string]]),
    ['window', `${upTo}${window} rows${step}; trained every ${stride}`],
    ...(kind === 'decoder' ? linesOfDecoder(tempocode) : []),
  )
  lines.push(['features', String(features)], ['scaler', scaler.kind], ['seed', String(seed ?? 'unknown')])
  if (dataDigest !== undefined) lines.push(['trained on', `rows of digest ${dataDigest}`])
  if (verification !== undefined) {
    const { device, error, tolerance } = verification
    lines.push([
      'verified',
      `on ${device}: off by ${error.toExponential(1)} of the largest value; ${tolerance} is allowed`,
    ])
  }
  return lines
}

function linesOfDecoder({ heads, codes, window }: DecoderInspection): [string, string][] {
  const rows = heads.map(({ name, offset, steps }) => {
    const from = offset < window ? `${offset + 1} to ${offset + steps}` : `1 to ${steps} after it`
    return `${name} (rows ${from})`
  })
  const samples = codes
    ? `around the features of ${codes.windows} training windows`
    : 'none: no features to draw from'
  return [
    ['heads', rows.join(', ')],
    ['samples', samples],
  ]
}
