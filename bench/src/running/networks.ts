import { join } from 'node:path'
import type { Network } from '../rows.js'

/** Windows in a call: one, and as many as an encoder behind a server gets. */
export const BATCHES = [1, 64]

/** Of which the encoder runs. */
export const NETWORKS: readonly Network[] = [
  network(30, 8, [64]),
  network(48, 8, [256]),
  network(48, 8, [512, 256, 128]),
]

/** The one whose calls are compared with those of the bare session. */
export const WRAPPED = NETWORKS[0]

/** The one that encodes a long file. */
export const LONG: Network = network(48, 8, [64])

/** What a run can measure, by name. */
export const RUN_ROWS = ['wrapper', ...NETWORKS.map(({ name }) => name), 'encode']

/** Where a network's encoder lies, for all systems. */
export const encoderFile = (directory: string, network: Network): string =>
  join(directory, `${nameOf(network)}.onnx`)

function nameOf({ window, columns, units }: Pick<Network, 'window' | 'columns' | 'units'>): string {
  return `T${window}-C${columns}-${units.join('-')}`
}

function network(window: number, columns: number, units: readonly number[]): Network {
  return { name: nameOf({ window, columns, units }), batch: 1, window, columns, units, activation: 'tanh' }
}
