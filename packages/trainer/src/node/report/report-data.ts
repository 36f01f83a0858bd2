import type { Epoch } from '../../fit/course.js'
import type { Segment } from '../../segments.js'
import type { ChosenWindows } from './chosen-windows.js'
import type { Timeline } from './timeline.js'

/** All that a report shows, in plain values. */
export interface ReportData {
  /** Where the rows come from, where that is known. */
  source?: string
  version: string
  written: Date
  network: NetworkFacts
  training: TrainingFacts
  data: DataFacts
  warnings: readonly string[]
  /** What the network makes of windows, or why that is not known. */
  measured: Measured | { missing: string }
}

export interface NetworkFacts {
  name: string
  window: number
  columns: readonly string[]
  /** Numbers that a window becomes. */
  features: number
  /** Numbers that training finds. */
  parameters: number
  /** Whether windows are sequences of different lengths. */
  masked: boolean
  /** SVG. */
  picture: string
}

export interface TrainingFacts {
  /** The loss's name, and what it is the sum of. */
  loss: string
  parts: string
  corrupt: string
  /** Whether losses before and after are those of held-out windows. */
  heldOut: boolean
  initialLoss: number
  finalLoss: number
  epochs: readonly Epoch[]
  bestEpoch: number
  stopped: 'epochs' | 'patience' | 'signal'
  seconds: number
  baseline?: Baseline
  settings: readonly (readonly [name: string, value: string])[]
}

/** The loss of principal components with a code of the same size, on the same windows. */
export interface Baseline {
  components: number
  error: number
}

export interface DataFacts {
  rows: number
  trainingRows: number
  heldOutRows: number
  /** Of each column over all rows, in raw units. */
  columns: readonly ColumnFacts[]
  scaler: string
  scale: readonly number[]
  /** Such as `2010-01-01 to 2010-12-31`. */
  span?: string
  /** Such as `1 hour`. */
  step?: string
  groups: number
  groupBy?: string
  /** Places within groups where rows are missing. */
  gaps: number
}

export interface ColumnFacts {
  name: string
  least: number
  mean: number
  most: number
}

/** What a detector makes of windows. */
export interface Measured {
  windows: ChosenWindows
  timeline: Timeline
  /** The rows that windows lie in, training and held-out apart. */
  segments: readonly (Segment & { heldOut: boolean })[]
  /** Rows from a window's first to its score's. */
  span: number
  /** Of each window; higher is more unusual. */
  scores: Float32Array
  /** What a score is, in words. */
  score: string
  threshold: { value: number; rule: string }
  /** windows × columns: the root of the mean squared error, in scaled units. */
  errors: Float32Array
  /** windows × columns: what each column adds to the score. */
  contributions: Float32Array
  /** windows × features. */
  features: Float32Array
  /** The best, the median and the worst window. */
  examples: readonly Example[]
  /** Rows that are known to be faulty, where they are known. */
  labels?: readonly Segment[]
}

/** A window, and what the network makes of it. */
export interface Example {
  name: 'best' | 'median' | 'worst'
  /** Its first row's time, or number. */
  at: string
  score: number
  /** rows × columns, raw: the window, and the rows after it that are predicted. */
  rows: Float32Array
  heads: readonly Head[]
}

/** What an output of the network gives. */
export interface Head {
  name: string
  /** The first row that it stands for, counted from the window's first. */
  offset: number
  /** steps × columns, raw. */
  rows: Float32Array
}
