/** What quality is measured on, in the order of the report. */
export const QUALITY_SETS = ['nab', 'skab', 'ecg5000'] as const

export type QualitySet = (typeof QUALITY_SETS)[number]
