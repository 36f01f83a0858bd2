import { TempocodeError } from '@tempocode/core'

/** The columns of a forecaster by what they are; in this order they stand in its series and in its file. */
export interface ForecastColumns {
  targets: readonly string[]
  /** Measured as well, but not forecast. */
  others: readonly string[]
  /** Known ahead. */
  known: readonly string[]
}

/**
 * Sorts a series's columns by what they are to a forecaster.
 * @param targets default: all that are not known
 * @throws TempocodeError `option` where a name is no column's, comes twice, or is both a target and known
 */
export function forecastColumns(
  columns: readonly string[],
  { targets, known = [] }: { targets?: readonly string[]; known?: readonly string[] },
): ForecastColumns {
  checkNames('known', known, columns)
  const measured = columns.filter((name) => !known.includes(name))
  if (targets !== undefined) checkNames('targets', targets, columns)
  const chosen = targets ?? measured
  const both = chosen.find((name) => known.includes(name))
  if (both !== undefined) {
    throw new TempocodeError(
      'option',
      `column "${both}" is a target and known; what is known needs no forecast`,
    )
  }
  if (chosen.length === 0) {
    const reason = targets ? 'targets is empty' : `all columns are known (${known.join(', ')})`
    throw new TempocodeError('option', `${reason}; a forecaster needs one target or more`)
  }
  return {
    targets: [...chosen],
    others: measured.filter((name) => !chosen.includes(name)),
    known: [...known],
  }
}

/** What a caller gives for a row, in this order. */
export const inputsOf = ({ targets, others, known }: ForecastColumns): string[] => [
  ...targets,
  ...others,
  ...known,
]

function checkNames(option: string, names: readonly string[], columns: readonly string[]): void {
  names.forEach((name, i) => {
    if (!columns.includes(name)) {
      const message = `${option}: there is no column "${name}"; use ${columns.join(', ')}`
      throw new TempocodeError('option', message, { column: name })
    }
    if (names.indexOf(name) < i) throw new TempocodeError('option', `${option}: column "${name}" comes twice`)
  })
}
