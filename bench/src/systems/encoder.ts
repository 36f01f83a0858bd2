import { loadEncoder } from '@tempocode/runtime'
import type { Network } from '../rows.js'
import { encoderFile } from '../running/networks.js'
import { THREADS } from '../system.js'
import { waves } from '../waves.js'
import { serve, type Trainee, timed } from './serve.js'

// Tempocode's encoder: windows in, features out.

const [device, directory] = process.argv.slice(2) as ['cpu' | 'wasm', string]
await serve(prepare)

async function prepare(network: Network): Promise<Trainee> {
  const encoder = await loadEncoder(encoderFile(directory, network), { device, threads: THREADS })
  const windows = waves(network.batch * network.window, network.columns)
  return { call: () => timed(() => encoder.encode(windows)), close: () => encoder.dispose() }
}
