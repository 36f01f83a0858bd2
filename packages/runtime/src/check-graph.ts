import type { OutputShape } from './chunked-session.js'
import { fileError } from './file-error.js'
import type { ValueInfo } from './model-file.js'

/** What a graph's input or output must be. */
export interface DueValue {
  name: string
  type: string
  /** Behind the batch, which must be open. A list may start with what may be open as well: see `openTime`. */
  sizes: readonly number[]
  /** Whether the first size may be open: encoders of recurrent layers take windows of any time. */
  openTime?: boolean
}

/** An output as a graph declares it. */
export const dueOutput = ({ name, shape }: OutputShape): DueValue => ({ name, type: 'float32', sizes: shape })

/**
 * Makes sure that a graph takes, or gives, what its metadata say.
 * @throws TempocodeError `model`
 */
export function checkValues(
  what: 'input' | 'output',
  values: readonly ValueInfo[],
  due: readonly DueValue[],
  file?: string,
): void {
  const known = new Map(values.map((value) => [value.name, value]))
  if (values.length === due.length && due.every((value) => fits(known.get(value.name), value))) return
  const found = values.map(describe).join(' and ') || 'missing'
  const wanted = due.map(({ name, type, sizes }) => describe({ name, type, dims: ['batch', ...sizes] }))
  const message = `its ${what} is ${found}; by its metadata it must be ${wanted.join(' and ')}`
  throw fileError('model', message, file)
}

function fits(value: ValueInfo | undefined, { type, sizes, openTime }: DueValue): boolean {
  const [batch, ...rest] = value?.dims ?? []
  return (
    value?.type === type &&
    typeof batch === 'string' &&
    rest.length === sizes.length &&
    rest.every((size, i) => size === sizes[i] || (openTime === true && i === 0 && typeof size === 'string'))
  )
}

const describe = ({ name, type, dims = ['…'] }: ValueInfo) => `${name}: ${type}[${dims.join(', ')}]`
