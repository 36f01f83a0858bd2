import { Graph, innermost, type Value } from './graph.js'
import { reduceSum, reshape } from './ops.js'
import { fixed } from './shapes.js'

/**
 * ONNX `Scan`: runs a body once for each step along the first axis of the sequences.
 * @param state what is carried from step to step, at the start
 * @param sequences one [steps, …] each, or undefined in the place of one that there is not; the body sees one step's part
 * @param reverse from the last step to the first; what is kept still stands in the sequences' order
 * @param body the state and the parts → the next state and what to keep of each step
 * @returns the last state, and for each kept value its sequence [steps, …]
 */
export function scan<const S extends Sequences>(
  { name, state, sequences, reverse = false }: ScanOptions<S>,
  body: (state: Value[], parts: S) => { state: readonly Value[]; keep: readonly Value[] },
): { state: readonly Value[]; kept: readonly Value[] } {
  const present = sequences.filter((value) => value !== undefined)
  const outer = innermost([...state, ...present])
  const inner = new Graph(name, outer.float, outer)
  const states = state.map((value) => inner.input(inner.freshName('state'), value.shape, value.type))
  const parts = each(sequences, ({ shape, type }) => ({
    graph: inner,
    name: inner.freshName('part'),
    shape: shape.slice(1),
    type,
  }))
  const result = body(states, parts)
  for (const value of [...result.state, ...result.keep]) inner.output(value)
  // What the body does not use is not handed in, but for the first sequence: it counts the steps.
  const [first] = present
  const used = sequences.flatMap((sequence, i) => {
    const part = parts[i]
    return sequence && part && (sequence === first || inner.uses(part)) ? [{ sequence, part }] : []
  })
  inner.inputs.push(...used.map(({ part }) => part))
  const direction = Number(reverse)
  const { outputs } = outer.node(
    'Scan',
    [...state, ...used.map(({ sequence }) => sequence)],
    {
      body: inner,
      num_scan_inputs: used.length,
      scan_input_directions: used.map(() => direction),
      scan_output_directions: result.keep.map(() => direction),
    },
    [
      ...result.state.map(({ shape, type }) => ({ shape, type })),
      ...result.keep.map(({ shape, type }) => ({ shape: [first.shape[0], ...shape], type })),
    ],
  )
  return { state: outputs.slice(0, state.length), kept: outputs.slice(state.length) }
}

/**
 * A scan over blocks of several steps, which the body sees as shorter sequences: what it computes of a whole block is still
 * in the cache when it is used.
 * @param size how many steps a block has, a divisor of their number; where it is that number, there is no loop
 * @returns the last state, the kept sequences [steps, …], and the sums over all blocks
 */
export function scanBlocks<const S extends Sequences>(
  { size, ...options }: ScanOptions<S> & { size: number },
  body: (state: readonly Value[], parts: S) => BlockResult,
): { state: readonly Value[]; kept: readonly Value[]; sums: readonly Value[] } {
  const { state, sequences } = options
  const steps = fixed(sequences.find((value) => value !== undefined)!.shape[0])
  if (size === steps) {
    const { state: last, keep, sums } = body(state, sequences)
    return { state: last, kept: keep, sums }
  }
  let keptCount = 0
  const blocks = each(sequences, (value) => reshape(value, [steps / size, size, ...value.shape.slice(1)]))
  const { state: last, kept } = scan({ ...options, sequences: blocks }, (state, parts) => {
    const result = body(state, parts)
    keptCount = result.keep.length
    return { state: result.state, keep: [...result.keep, ...result.sums] }
  })
  return {
    state: last,
    kept: kept.slice(0, keptCount).map((value) => reshape(value, [steps, ...value.shape.slice(2)])),
    sums: kept.slice(keptCount).map((value) => reduceSum(value, [0])),
  }
}

type Sequences = readonly (Value | undefined)[]

interface ScanOptions<S extends Sequences> {
  name: string
  state: readonly Value[]
  sequences: S
  reverse?: boolean
}

interface BlockResult {
  state: readonly Value[]
  /** Sequences of the block. */
  keep: readonly Value[]
  sums: readonly Value[]
}

/** The same of every sequence that there is. */
const each = <const S extends Sequences>(sequences: S, make: (value: Value) => Value): S =>
  sequences.map((value) => value && make(value)) as unknown as S
