import { TempocodeError } from '@tempocode/core'

/** The TempocodeError that the work ends with; anything else, success too, fails the test. */
export async function failure(work: () => unknown): Promise<TempocodeError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof TempocodeError) return error
    throw error
  }
  throw new Error('expected a TempocodeError, and the work went well')
}
