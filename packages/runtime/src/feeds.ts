import { TempocodeError } from '@tempocode/core'
import { kindOf } from './options.js'
import type { Tensor } from './session.js'

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const

/** Element types of the tensors that a session takes and gives. */
export type ElementType = keyof typeof ARRAYS

export const ELEMENT_TYPES = Object.keys(ARRAYS)

export const isElementType = (type: string): type is ElementType => type in ARRAYS

/** One input of a graph; sizes that are open are strings. */
export interface InputSpec {
  name: string
  type: ElementType
  shape: readonly (number | string)[]
}

/**
 * Checks feeds against what the graph takes. ONNX Runtime's own checks differ from binding to binding, ignore
 * unknown names, and an LSTM given a batch of 0 ends the whole process.
 * @throws TempocodeError `data`
 */
export function checkFeeds(feeds: Record<string, Tensor>, inputs: readonly InputSpec[]) {
  const names = inputs.map(({ name }) => name)
  for (const name of Object.keys(feeds)) {
    if (!names.includes(name)) fail(`"${name}" is unknown; use ${names.join(', ')}`)
  }
  for (const { name, type, shape } of inputs) {
    const feed = feeds[name]
    if (!feed) fail(`"${name}" is missing; the graph takes ${names.join(', ')}`)
    if (!(feed.data instanceof ARRAYS[type])) {
      fail(`"${name}" is ${kindOf(feed.data)}; the graph takes a ${ARRAYS[type].name} (${type})`)
    }
    if (feed.shape.length !== shape.length || !shape.every((size, i) => fits(feed.shape[i], size))) {
      fail(`"${name}" has shape [${feed.shape.join(', ')}]; the graph takes [${shape.join(', ')}]`)
    }
    const length = feed.shape.reduce((a, b) => a * b, 1)
    if (feed.data.length !== length) {
      fail(`"${name}" has ${feed.data.length} elements; its shape [${feed.shape.join(', ')}] takes ${length}`)
    }
  }
}

const fits = (size: number, allowed: number | string) =>
  typeof allowed === 'number' ? size === allowed : Number.isSafeInteger(size) && size > 0

function fail(message: string): never {
  throw new TempocodeError('data', `feed ${message}`)
}
