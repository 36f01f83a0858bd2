import { TempocodeError } from '@tempocode/core'
import { checkCount, checkFlag } from '../options.js'

/** What a network is trained to give, and how. */
export interface HeadOptions {
  /**
   * What the network gives: the window itself (`reconstruction`), the rows that follow (`prediction`), or both from the
   * same code, a composite network. Default ['reconstruction'].
   */
  heads?: readonly ('reconstruction' | 'prediction')[]
  /**
   * What `prediction` gives, and needed for it: so many rows after the window, or with `shifted` the window shifted by
   * one row, without the row after its end.
   */
  horizon?: number | 'shifted'
  /**
   * Whether the reconstruction is generated from the window's last row to its first, the order that Srivastava et al.
   * found easier to learn. The network turns its output round, so that it is in the window's order. Default false.
   */
  reversed?: boolean
}

/** One decoder: the names and sizes of its layers. */
export interface Head {
  readonly output: 'reconstruction' | 'prediction' | 'shifted_prediction'
  readonly repeat: string
  /** The name of its recurrent layers, without their numbers. */
  readonly layers: string
  readonly steps: number
  readonly reversed: boolean
}

/**
 * The decoders in the order of `heads`.
 * @throws TempocodeError `option` where the options do not go together
 */
export function checkHeads(options: HeadOptions, window: number): readonly Head[] {
  const { heads = ['reconstruction'], horizon } = options
  const reversed = checkFlag('reversed', options.reversed ?? false)
  const known =
    Array.isArray(heads) && heads.every((head) => head === 'reconstruction' || head === 'prediction')
  if (!known || heads.length === 0 || new Set(heads).size < heads.length) {
    throw refuse(`heads ${JSON.stringify(heads)} is not allowed; use reconstruction, prediction or both`)
  }
  if (horizon !== undefined && !heads.includes('prediction')) {
    throw refuse(`horizon ${JSON.stringify(horizon)} is for the head prediction, which heads does not name`)
  }
  if (reversed && !heads.includes('reconstruction')) {
    throw refuse('reversed is for the head reconstruction, which heads does not name')
  }
  return heads.map((head) =>
    head === 'reconstruction'
      ? { output: head, repeat: 'repeat', layers: 'decoder', steps: window, reversed }
      : { ...predicted(horizon, window), repeat: 'predictor_repeat', layers: 'predictor', reversed: false },
  )
}

function predicted(horizon: HeadOptions['horizon'], window: number): Pick<Head, 'output' | 'steps'> {
  if (horizon === undefined) {
    throw refuse(
      'the head prediction needs horizon: a whole number of rows after the window, or "shifted" for the window ' +
        'shifted by one row',
    )
  }
  if (horizon !== 'shifted') return { output: 'prediction', steps: checkCount('horizon', horizon) }
  if (window > 1) return { output: 'shifted_prediction', steps: window - 1 }
  throw refuse('horizon "shifted" is not allowed with window 1; use a window of at least 2 rows')
}

const refuse = (message: string) => new TempocodeError('option', message)
