import { writeFileSync } from 'node:fs'
import { toOnnx, toStreamOnnx } from '@tempocode/converters'
import { encoderOf } from '@tempocode/models'
import { networkOf } from '../network.js'
import type { Network } from '../rows.js'
import { encoderFile } from './networks.js'

/** Writes a network's encoder, and its step beside it. */
export function writeEncoder(directory: string, network: Network): void {
  const model = networkOf(network)
  const encoder = encoderOf(model)
  const path = encoderFile(directory, network)
  const columns = Array.from({ length: network.columns }, (_, i) => `c${i}`)
  writeFileSync(path, toOnnx(encoder, { columns }))
  writeFileSync(path.replace(/\.onnx$/, '.stream.onnx'), toStreamOnnx(encoder, { columns }))
  model.dispose()
}
