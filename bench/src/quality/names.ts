/** What quality is measured on, in the order of the report. */
export const QUALITY_SETS = ['nab'] as const

export type QualitySet = (typeof QUALITY_SETS)[number]
