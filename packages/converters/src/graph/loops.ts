import { Graph, innermost, type Value } from './graph.js'

/**
 * ONNX `Scan`: runs a body once for each step along the first axis of the sequences.
 * @param state what is carried from step to step, at the start
 * @param sequences one [steps, …] each; the body sees one step's part
 * @param reverse from the last step to the first; what is kept still stands in the sequences' order
 * @param body the state and the parts → the next state and what to keep of each step
 * @returns the last state, and for each kept value its sequence [steps, …]
 */
export function scan(
  { name, state, sequences, reverse = false }: ScanOptions,
  body: (state: Value[], parts: Value[]) => { state: readonly Value[]; keep: readonly Value[] },
): { state: readonly Value[]; kept: readonly Value[] } {
  const outer = innermost([...state, ...sequences])
  const inner = new Graph(name, outer.float, outer)
  const states = state.map((value) => inner.input(inner.freshName('state'), value.shape, value.type))
  const parts = sequences.map((value) =>
    inner.input(inner.freshName('part'), value.shape.slice(1), value.type),
  )
  const result = body(states, parts)
  for (const value of [...result.state, ...result.keep]) inner.output(value)
  const steps = sequences[0].shape[0]
  const direction = Number(reverse)
  const { outputs } = outer.node(
    'Scan',
    [...state, ...sequences],
    {
      body: inner,
      num_scan_inputs: sequences.length,
      scan_input_directions: sequences.map(() => direction),
      scan_output_directions: result.keep.map(() => direction),
    },
    [
      ...result.state.map(({ shape, type }) => ({ shape, type })),
      ...result.keep.map(({ shape, type }) => ({ shape: [steps, ...shape], type })),
    ],
  )
  return { state: outputs.slice(0, state.length), kept: outputs.slice(state.length) }
}

interface ScanOptions {
  name: string
  state: readonly Value[]
  sequences: readonly Value[]
  reverse?: boolean
}
