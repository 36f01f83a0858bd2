import { TempocodeError } from '@tempocode/core'
import type { MissingPolicy } from '@tempocode/trainer'

/** Options of a command that can be a filter, from standard input to standard output. */
export interface StreamFlags {
  stream?: boolean
  out?: string
  missing: MissingPolicy
}

/** The same where they ask for a filter. */
export interface FilterFlags extends StreamFlags {
  missing: 'error' | 'drop'
}

/**
 * Whether a command is to be a filter.
 * @param flags with `stream`
 * @param useless given options that mean nothing to a filter, such as `--stride`
 * @throws TempocodeError `option` where DATA or an option does not fit
 */
export function isFilter<T extends StreamFlags>(
  data: string,
  flags: T,
  useless: readonly string[],
): flags is T & FilterFlags {
  const fail = (message: string): never => {
    throw new TempocodeError('option', message)
  }
  const { stream = false, out, missing } = flags
  if (!stream) {
    if (data === '-') fail('DATA "-" is standard input; use it with --stream')
    return false
  }
  if (data !== '-') fail(`--stream reads standard input; use - instead of DATA ${JSON.stringify(data)}`)
  if (missing === 'interpolate')
    fail('--missing interpolate is not for --stream: it needs the rows to come; use error or drop')
  if (out !== undefined && !/\.csv$/i.test(out))
    fail(`--out ${JSON.stringify(out)} is not allowed with --stream; use a name that ends in .csv`)
  if (useless.length > 0) fail(`${useless[0]} is not for --stream`)
  return true
}
