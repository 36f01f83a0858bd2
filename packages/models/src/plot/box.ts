import type * as tf from '@tensorflow/tfjs'
import type { Call } from '../calls.js'
import { kindOf, type Sharing, shapeOf } from '../describe.js'
import { textWidth } from './text-width.js'

/** What is written in the box of a call: a header and lines of a label and a text, and how much room it needs. */
export interface Box {
  readonly name: string
  readonly kind: string
  readonly lines: readonly Line[]
  readonly hasCode: boolean
  /** Where the texts of lines start, for their labels stand before them. */
  readonly indent: number
  readonly width: number
  readonly height: number
}

export interface Line {
  /** Empty where it is that of the line above. */
  readonly label: string
  readonly text: string
  /** Whether it is the code's shape. */
  readonly isCode: boolean
}

export const NAME_SIZE = 13
export const TEXT_SIZE = 12
export const PADDING = 12
export const HEADER = 30
export const LINE = 19
export const CODE_MARK = '← code'
const BETWEEN = 16 // texts in the same line

/** The box of a call, as large as its texts need. */
export function boxOf(call: Call, sharing?: Sharing, code?: tf.SymbolicTensor): Box {
  const lines = [
    ...shapes('in', call.inputs),
    ...shapes('out', call.outputs, code),
    ...(sharing ? [{ label: sharing.what, text: sharedText(sharing), isCode: false }] : []),
  ]
  const [name, kind] = [call.layer.name, kindOf(call.layer)]
  const indent = PADDING + Math.max(...lines.map(({ label }) => textWidth(label, TEXT_SIZE))) + 10
  const header = PADDING + textWidth(name, NAME_SIZE, true) + BETWEEN + textWidth(kind, TEXT_SIZE) + PADDING
  const widths = lines.map(({ text, isCode }) => {
    const mark = isCode ? BETWEEN + textWidth(CODE_MARK, TEXT_SIZE, true) : 0
    return indent + textWidth(text, TEXT_SIZE) + mark + PADDING
  })
  return {
    name,
    kind,
    lines,
    hasCode: lines.some(({ isCode }) => isCode),
    indent,
    width: Math.ceil(Math.max(header, ...widths)),
    height: HEADER + LINE * lines.length + 8,
  }
}

const shapes = (label: string, tensors: readonly tf.SymbolicTensor[], code?: tf.SymbolicTensor): Line[] =>
  tensors.map((tensor, i) => ({ label: i ? '' : label, text: shapeOf(tensor), isCode: tensor === code }))

const sharedText = ({ what, layer }: Sharing): string =>
  what === 'kernel' ? `of ${layer.name}, transposed` : 'shared'
