import type { Html } from './html.js'

/** A picture of the report, and what it shows in words. */
export interface Figure {
  title: string
  /** For who cannot see it: what is seen, with numbers. */
  alternative: string
  /** For who sees it: how to read it. */
  caption: string
  legend?: readonly LegendItem[]
  /** SVG as markup, one below the other. */
  pictures: readonly Picture[]
}

/** A picture that keeps its size on all screens, or one for wide and another for narrow ones. */
export type Picture = Html | { wide: Html; narrow: Html }

export interface LegendItem {
  name: string
  /** How it is drawn; each has a colour and a shape of its own in the style sheet. */
  mark:
    | 'measured'
    | 'model'
    | 'prediction'
    | 'alarm'
    | 'threshold'
    | 'baseline'
    | 'band'
    | 'interval'
    | 'bars'
    | 'kept'
    | 'known'
    | 'time'
}

/** The widths that pictures are drawn for: of a third of a page, which is a whole phone, of its half, and of all of it. */
export const NARROW = 344
export const HALF = 536
export const WIDE = 1116
