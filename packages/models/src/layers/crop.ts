import { TempocodeError } from '@tempocode/core'
import * as tf from '@tensorflow/tfjs'
import { type LayerArgs, only, type Shape } from './layer.js'

/** From where, and up to where: positions as `Array.slice` has them, from the end where negative. */
export type Range = readonly [from: number, to?: number]

export type CropArgs = LayerArgs & {
  /** Which rows. Default all of them. */
  rows?: Range
  /** Which columns. Default all of them. */
  columns?: Range
}

/**
 * Some rows and columns of sequences: [batch, time, n] → [batch, rows, columns].
 *
 * @throws TempocodeError `option` where a position is no whole number, or there is nothing between the two
 */
export class Crop extends tf.layers.Layer {
  /** @nocollapse */
  static className = 'Crop'
  private readonly rows: Range
  private readonly columns: Range

  constructor(args: CropArgs = {}) {
    super(args)
    this.rows = args.rows ?? [0]
    this.columns = args.columns ?? [0]
    this.inputSpec = [new tf.InputSpec({ ndim: 3 })]
  }

  /** What it takes of sequences [time, n]: the first position, and the one behind the last. */
  spans(time: number, n: number): { rows: [from: number, to: number]; columns: [from: number, to: number] } {
    return {
      rows: spanOf(this.name, 'rows', this.rows, time),
      columns: spanOf(this.name, 'columns', this.columns, n),
    }
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, time, n] = inputShape as [number | null, number, number]
    const { rows, columns } = this.spans(time, n)
    return [batch, rows[1] - rows[0], columns[1] - columns[0]]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = only(inputs)
    const { rows, columns } = this.spans(x.shape[1] as number, x.shape[2] as number)
    return tf.slice(x, [0, rows[0], columns[0]], [-1, rows[1] - rows[0], columns[1] - columns[0]])
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rows: [...this.rows] as number[], columns: [...this.columns] as number[] }
  }
}

function spanOf(layer: string, what: string, range: Range, length: number): [from: number, to: number] {
  const [from, to] = [range[0], range[1] ?? length].map((position) =>
    position < 0 ? position + length : position,
  )
  if (Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= length)
    return [from, to]
  const message = `layer ${layer}: ${what} [${range.join(', ')}] are not there; what it takes has ${length} ${what}`
  throw new TempocodeError('option', message, { layer })
}

tf.serialization.registerClass(Crop)
