import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Inspection, SessionDevice } from '@tempocode/runtime'

/** The file beside an encoder that holds it in plain operators, where there is one: `encoder.plain.onnx`. */
export async function plainBeside(file: string): Promise<string | undefined> {
  const path = file.replace(/\.onnx$/, '.plain.onnx')
  return path !== file && (await stat(path).catch(() => undefined)) ? path : undefined
}

/** Which devices run a file, and for each of the others the first node that it does not run, and why. */
export function linesOfDevices({ devices }: Inspection, plain?: string): [string, string][] {
  const all = Object.entries(devices) as [SessionDevice, Inspection['devices']['cpu']][]
  const running = all.filter(([, refused]) => refused.length === 0).map(([device]) => device)
  const others = all.filter(([, refused]) => refused.length > 0)
  return [
    ['runs on', running.join(', ') || 'no device'],
    ...others.map(([device, [{ node, operator, reason }, ...more]]): [string, string] => {
      const count = more.length > 0 ? `, and ${more.length} more` : ''
      const hint = device === 'cuda' && plain ? `; ${basename(plain)} beside it runs on cuda` : ''
      return [`not on ${device}`, `node ${node} (${operator})${count}: ${reason}; ${LEFT[device]}${hint}`]
    }),
  ]
}

/** What becomes of a node that a device has no kernel for, where nobody forbids it. */
const LEFT: Record<SessionDevice, string> = {
  cpu: 'ONNX Runtime would refuse the file',
  cuda: 'ONNX Runtime would hand it to the processor with no more than a warning, so --device cuda is refused',
  wasm: 'ONNX Runtime would refuse the file',
  webgpu: 'ONNX Runtime would hand it to the processor or fail, so device webgpu is refused',
}
