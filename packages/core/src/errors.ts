/**
 * What went wrong, for programs:
 * - `option`: an option is unknown or its value is not allowed
 * - `data`: rows, columns or arrays handed in are unusable
 * - `file`: a file is missing, unreadable, of the wrong kind or not writable
 * - `model`: a network or an ONNX file is not one that can be used here
 * - `unsupported`: a layer, layer option or operator that cannot be exported or run
 * - `device`: a device is not available or cannot run this file
 * - `verification`: a device computes other values than the file's golden pair
 * - `diverged`: training met NaN or infinity
 * - `cancelled`: an AbortSignal fired
 * - `dependency`: an optional package is needed and not installed
 */
export type ErrorCode =
  | 'option'
  | 'data'
  | 'file'
  | 'model'
  | 'unsupported'
  | 'device'
  | 'verification'
  | 'diverged'
  | 'cancelled'
  | 'dependency'

/** Where it went wrong; whatever is known. Rows and lines count from 1. */
export interface Place {
  file?: string
  line?: number
  row?: number
  column?: string
  layer?: string
  node?: string
  epoch?: number
  step?: number
}

/** The one error that Tempocode throws: what was received, what is allowed, and where. */
export class TempocodeError extends Error {
  override readonly name = 'TempocodeError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly place: Place = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
