import { TempocodeError } from '@tempocode/core'
import type * as tf from '@tensorflow/tfjs'
import { shapeOf } from './describe.js'

/** What one output of a network should equal: rows of the series, counted from the window's first row. */
export interface Target {
  /** The name of the layer that gives the output. */
  readonly output: string
  /** The first of those rows: 0 is the window's first, `window` the first one after it. */
  readonly offset: number
  /** How many rows. */
  readonly steps: number
  /** How many columns: the first ones of those that the model takes. */
  readonly columns: number
  /** Of an output that should be a quantile of those values, which one: above 0 and below 1. */
  readonly quantile?: number
}

/**
 * What the outputs of a network [batch, window, columns] → [batch, steps, columns], … should equal, in their order.
 * The name of an output's layer says it:
 *
 *     reconstruction       the window itself; so is any other name of a network's only output, where the shape fits
 *     prediction           the rows after the window, of all columns or the first ones
 *     quantile_5           the quantile 5 % of the same values; any percentage between 0 and 100, as in quantile_97.5
 *     shifted_prediction   the window shifted by one row, without the one after its end: window − 1 rows
 *
 * @throws TempocodeError `model` where a name means nothing or an output's shape is not that of its rows
 */
export function targetsOf(model: tf.LayersModel): readonly Target[] {
  const [, window, columns] = model.inputs[0].shape
  if (model.inputs.length !== 1 || model.inputs[0].rank !== 3 || !window || !columns) {
    throw new TempocodeError(
      'model',
      `model ${model.name} takes ${model.inputs.map(shapeOf).join(', ')}; its only input must be [batch, window, columns]`,
    )
  }
  return model.outputs.map((output) => {
    const name = output.sourceLayer.name
    const refuse = (reason: string) =>
      new TempocodeError('model', `model ${model.name}: output ${name} ${shapeOf(output)} ${reason}`, {
        layer: name,
      })
    const [, steps, width] = output.shape
    const quantile = quantileOf(name)
    const few = name === 'prediction' || quantile !== undefined
    if (output.rank !== 3 || !steps || !width || (few ? width > columns : width !== columns)) {
      throw refuse(
        few
          ? `is not [batch, steps, columns] of at most ${columns} columns, the first of those that the model takes`
          : `is not [batch, steps, ${columns}], rows of the ${columns} columns that the model takes`,
      )
    }
    const known =
      rowsOf(name, window, steps, quantile) ?? (model.outputs.length === 1 ? [0, window] : undefined)
    if (!known) {
      throw refuse(
        'has a name that says nothing; use reconstruction (the window), prediction (the rows after it), quantile_5 ' +
          '(the quantile 5 % of those) or shifted_prediction (the window shifted by one row)',
      )
    }
    if (known[1] !== steps) throw refuse(`should have ${known[1]} steps, as its window has ${window} rows`)
    return { output: name, offset: known[0], steps, columns: width, quantile }
  })
}

/** How many rows a window has together with those after it that are to be predicted. */
export const spanOf = (window: number, targets: readonly Pick<Target, 'offset' | 'steps'>[]): number =>
  Math.max(window, ...targets.map(({ offset, steps }) => offset + steps))

/** The first row and the number of rows that an output of this name stands for. */
function rowsOf(
  name: string,
  window: number,
  steps: number,
  quantile?: number,
): [number, number] | undefined {
  if (name === 'reconstruction') return [0, window]
  if (name === 'prediction' || quantile !== undefined) return [window, steps]
  if (name === 'shifted_prediction') return [1, window - 1]
  return undefined
}

/** Of the name quantile_5: 0.05. */
function quantileOf(name: string): number | undefined {
  const percentage = Number(/^quantile_(\d+(?:\.\d+)?)$/.exec(name)?.[1])
  return percentage > 0 && percentage < 100 ? percentage / 100 : undefined
}
