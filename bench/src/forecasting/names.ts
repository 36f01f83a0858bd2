import type { ForecasterFitOptions } from '@tempocode/trainer'

/** What is forecast, and how. */
export interface Setting {
  title: string
  /** Of `fitForecaster`: the product's defaults but for these. */
  options: Pick<
    ForecasterFitOptions,
    'targets' | 'window' | 'linear' | 'hidden' | 'dropout' | 'learningRate' | 'loss'
  >
}

export type SettingName = 'OT' | 'OT-chosen' | 'all' | 'OT-day' | 'all-day' | 'all-lstm'

const OT = { targets: ['OT'] }

/** In the order of the report. */
export const SETTINGS: Record<SettingName, Setting> = {
  OT: { title: 'OT alone', options: OT },
  'OT-chosen': {
    title: 'OT alone, chosen by validation',
    options: { ...OT, window: 336, hidden: 32, dropout: 0.5, learningRate: 3e-4, loss: 'mse' },
  },
  all: { title: 'all 7 columns', options: {} },
  'OT-day': { title: 'OT alone, from 24 hours', options: { ...OT, window: 24 } },
  'all-day': { title: 'all 7 columns, from 24 hours', options: { window: 24 } },
  'all-lstm': { title: 'all 7 columns, from 24 hours, LSTM alone', options: { window: 24, linear: false } },
}

export type VariantName = 'none' | 'trained' | 'random' | 'wide'

/** What a forecaster sees beside its window. */
export const VARIANTS: Record<VariantName, string> = {
  none: 'without features',
  trained: 'with features',
  random: 'with features of an untrained encoder',
  wide: 'without features, as many weights',
}

/** Which variants are held against which. */
export const PAIRS: readonly (readonly [ours: VariantName, theirs: VariantName])[] = [
  ['trained', 'none'],
  ['random', 'none'],
  ['wide', 'none'],
  ['trained', 'random'],
  ['trained', 'wide'],
]

export const settingNames = Object.keys(SETTINGS) as SettingName[]
export const variantNames = Object.keys(VARIANTS) as VariantName[]
