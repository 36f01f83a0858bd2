import { type ForecasterOptions, forecaster } from '@tempocode/models'

/**
 * The fewest units of the LSTM with which a network without features has as many weights as one with them.
 * @param options of both
 */
export function unitsWithout(
  features: number,
  { columns, ...options }: Omit<ForecasterOptions, 'features' | 'units'>,
): number {
  const weights = forecaster({ ...options, columns: columns + features, features }).countParams()
  for (let units = 1; ; units++) {
    if (forecaster({ ...options, columns, units: [units] }).countParams() >= weights) return units
  }
}
