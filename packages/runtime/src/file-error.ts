import { type ErrorCode, TempocodeError } from '@tempocode/core'

/** What is wrong with a file, which it names where that has a name. */
export const fileError = (code: ErrorCode, message: string, file?: string, cause?: TempocodeError) =>
  new TempocodeError(
    code,
    file ? `${file}: ${message}` : message,
    { ...cause?.place, file },
    cause && { cause },
  )
