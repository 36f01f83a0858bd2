import { toOnnx } from '@tempocode/converters'
import { type LoadOptions, loadEncoder } from '@tempocode/runtime'
import type { Series } from '../series.js'
import type { ForecasterEncoder } from './options.js'

/** What an encoder makes of a series. */
export interface EncodedFeatures {
  /** Rows in the encoder's window. */
  window: number
  /** How many features a window has. */
  size: number
  /** rows × size: of the window that ends at a row; zeros at rows where none ends. */
  values: Float32Array
}

/** The features of all windows of a series, computed once, by the encoder's file. */
export async function encodedFeatures(
  series: Series,
  { model, columns, scaler }: ForecasterEncoder,
  device: LoadOptions['device'],
): Promise<EncodedFeatures> {
  const encoder = await loadEncoder(toOnnx(model, { columns: [...columns], scaler }), { device })
  try {
    const { window, features: size } = encoder
    const rows = columnsOf(series, columns)
    const values = new Float32Array(series.rows * size)
    for (const { start, end } of series.segments) {
      if (end - start < window) continue
      const segment = rows.subarray(start * columns.length, end * columns.length)
      const { data } = await encoder.encodeSeries(segment)
      values.set(data, (start + window - 1) * size)
    }
    return { window, size, values }
  } finally {
    await encoder.dispose()
  }
}

function columnsOf({ values, columns, rows }: Series, names: readonly string[]): Float32Array {
  const from = names.map((name) => columns.indexOf(name))
  return Float32Array.from(
    { length: rows * names.length },
    (_, i) => values[Math.floor(i / names.length) * columns.length + from[i % names.length]],
  )
}
