import { readFile } from 'node:fs/promises'
import { TempocodeError } from '@tempocode/core'
import {
  type Inspection,
  inspectModel,
  type LoadOptions,
  type Verification,
  verifyFile,
} from '@tempocode/runtime'
import type { Command } from 'commander'
import { artefactPath } from '../artefact-path.js'
import { choiceOption } from '../options.js'
import { print } from '../output.js'
import { DEVICES } from './encode.js'
import { linesOfDevices, plainBeside } from './inspect-devices.js'
import { linesOfMetadata } from './inspect-metadata.js'

interface Options {
  verify?: boolean
  device?: LoadOptions['device']
  json?: boolean
}

const EXAMPLES = `
Examples:
  tempocode inspect out
  tempocode inspect out/decoder.onnx
  tempocode inspect out/encoder.stream.onnx --verify
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
  const verification = verify ? await verifyFile(file, { device }) : undefined
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
  lines.push(...linesOfMetadata(tempocode))
  if (verification !== undefined) {
    const { device, error, tolerance } = verification
    lines.push([
      'verified',
      `on ${device}: off by ${error.toExponential(1)} of the largest value; ${tolerance} is allowed`,
    ])
  }
  return lines
}
