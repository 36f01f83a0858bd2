/** A network and a batch, the same for all systems. */
export interface Network {
  name: string
  batch: number
  /** Rows in a window. */
  window: number
  columns: number
  /** Of the encoder's LSTMs; the decoder mirrors them. */
  units: readonly number[]
  activation: 'tanh' | 'relu'
}

/** What is trained, and what Tempocode should reach on it. */
export interface Row extends Network {
  /** How many times PyTorch's time for a step is to be that of tempocode-cpu: at least, and at best. */
  pytorch: { floor: number; aim: number }
  /** How many times tfjs-wasm's time for a step is to be that of tempocode-cpu. Absent where nothing is asked. */
  tfjsWasm?: number
}

/** How many times tfjs-wasm's time for a step is to be that of tempocode-wasm, on every row. */
export const WASM_FLOOR = 10

export const ROWS: readonly Row[] = [
  row(1, 9, 1, [100], [2, 3], 30),
  row(32, 30, 8, [64], [1.3, 2], 25),
  row(32, 288, 1, [32], [1.2, 2], 60),
  row(64, 48, 8, [256], [1.2, 1.6], 80),
  row(64, 48, 8, [512, 256, 128], [1, 1.3]),
  row(64, 48, 8, [512, 256, 128, 64, 32], [1, 1.3], undefined, 'relu'),
]

/** The network of the long epoch. */
export const EPOCH_ROW: Row = row(32, 48, 8, [64], [1, 1])

function row(
  batch: number,
  window: number,
  columns: number,
  units: readonly number[],
  [floor, aim]: readonly [number, number],
  tfjsWasm?: number,
  activation: Row['activation'] = 'tanh',
): Row {
  const suffix = activation === 'relu' ? '-relu' : ''
  const name = `B${batch}-T${window}-C${columns}-${units.join('-')}${suffix}`
  return { name, batch, window, columns, units, activation, pytorch: { floor, aim }, tfjsWasm }
}
