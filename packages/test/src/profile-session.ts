import type { Tensor } from '@tempocode/runtime'

// Runs a file with ONNX Runtime's profiling on; in Node and in pages.

/** A node that ran, and the provider of ONNX Runtime that ran it. */
export interface Ran {
  operator: string
  provider: string
}

/** What is used of ONNX Runtime's bindings. */
export interface Binding {
  InferenceSession: { create(file: Uint8Array, options: object): Promise<OrtSession> }
  Tensor: new (type: string, data: Tensor['data'], shape: readonly number[]) => OrtTensor
}

interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>
  endProfiling(): void
  release(): Promise<void>
}

interface OrtTensor {
  data: ArrayLike<number>
}

const typeOf = ({ data }: Tensor) =>
  data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'int64'

/**
 * Runs a file once.
 * @param endProfiling ends the session's profiling, and gives the profile's lines
 */
export async function runProfiled(
  { InferenceSession, Tensor: OrtTensor }: Binding,
  { file, feeds, options }: { file: Uint8Array; feeds: Record<string, Tensor>; options: object },
  endProfiling: (session: OrtSession) => readonly string[],
): Promise<{ outputs: number[][]; nodes: Ran[] }> {
  const session = await InferenceSession.create(file, { ...options, enableProfiling: true })
  try {
    const inputs = Object.entries(feeds).map(([name, tensor]) => {
      return [name, new OrtTensor(typeOf(tensor), tensor.data, tensor.shape)] as const
    })
    const results = Object.values(await session.run(Object.fromEntries(inputs)))
    const outputs = results.map(({ data }) => Array.from(data, Number))
    return { outputs, nodes: nodesOf(endProfiling(session)) }
  } finally {
    await session.release()
  }
}

/** The nodes among a profile's lines, each of which is an event. */
const nodesOf = (lines: readonly string[]): Ran[] =>
  lines
    .flatMap((line) => line.split('\n'))
    .filter((line) => /^\{"cat" : "Node".*_kernel_time"/.test(line))
    .map((line) => {
      const { args } = JSON.parse(line.replace(/,\s*$/, ''))
      return { operator: args.op_name, provider: args.provider.replace('ExecutionProvider', '') }
    })
