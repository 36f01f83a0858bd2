/** What is measured of the family, in the order of the report. */
export const FAMILY_ROWS = ['toy', 'activation', 'tied', 'denoising', 'pretraining', 'composite'] as const

export type FamilyRow = (typeof FAMILY_ROWS)[number]
