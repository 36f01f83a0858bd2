import { TempocodeError } from '@tempocode/core'

/** Element types of the tensors that we emit. */
export type ElementType = 'float32' | 'float64' | 'int32' | 'int64' | 'bool'

/** A length that is known when the graph is written, or the name of one that is known when it runs. */
export type Dimension = number | string
export type Shape = readonly Dimension[]

/** A tensor in a graph: the result of a node, an input, or a constant. */
export interface Value {
  readonly graph: Graph
  name: string
  readonly type: ElementType
  readonly shape: Shape
}

/** Whole numbers stand for themselves; what else ONNX knows says its type. */
export type Attribute =
  | number
  | readonly number[]
  | { float: number }
  | { floats: readonly number[] }
  | { string: string }
  | { strings: readonly string[] }
  | Graph

export interface Node {
  readonly type: string
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface Constant {
  readonly value: Value
  readonly data: Float32Array | Float64Array | BigInt64Array
}

/** Several nodes that back-propagation takes as one, because their gradient is simpler than that of the parts. */
export interface Block {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly backward: Backward
}

/**
 * One gradient for each output, undefined where nothing depends on it → one for each input that wants one.
 */
export type Backward = (
  gradients: readonly (Value | undefined)[],
  wanted: readonly boolean[],
) => readonly (Value | undefined)[]

/**
 * An ONNX graph while it is being written. Operators (`ops.ts`) append nodes to it; a body of `Scan` or `Loop` is a
 * graph inside it, which may use the outer graph's values by name.
 *
 * An operator's node goes into the innermost graph among those of its operands. So what does not change from step to
 * step of a loop is computed once, outside it, wherever it was written.
 */
export class Graph {
  readonly nodes: Node[] = []
  /** The nodes in their order, but blocks in the place of theirs: what back-propagation walks. */
  readonly steps: (Node | Block)[] = []
  readonly inputs: Value[] = []
  readonly outputs: Value[] = []
  readonly constants: Constant[] = []
  readonly root: Graph
  readonly depth: number
  readonly #single = new Map<string | object, Value>()
  readonly #taken = new Set<string>()
  #names = 0

  /**
   * @param float the type of all floating-point tensors; float64 serves to check gradients
   * @param parent the graph whose loop has this one as its body
   */
  constructor(
    readonly name: string,
    readonly float: 'float32' | 'float64' = 'float32',
    readonly parent?: Graph,
  ) {
    this.root = parent?.root ?? this
    this.depth = parent ? parent.depth + 1 : 0
  }

  input(name: string, shape: Shape, type: ElementType = this.float): Value {
    const value = { graph: this, name, type, shape }
    this.inputs.push(value)
    return value
  }

  /** Makes a node's result an output, under a name of its own if one is given. */
  output(value: Value, name = value.name): void {
    value.name = name
    this.outputs.push(value)
  }

  /**
   * Floating-point numbers that the file carries, in the graph's own precision.
   * @param name in the file; where another constant has it already, and by default, a name is made up
   */
  constant(data: ArrayLike<number>, shape: readonly number[], name?: string): Value {
    const size = shape.reduce((a, b) => a * b, 1)
    if (data.length !== size) throw new RangeError(`${data.length} values for a constant of shape [${shape}]`)
    return this.#keep(
      (this.float === 'float64' ? Float64Array : Float32Array).from(data),
      shape,
      this.float,
      name,
    )
  }

  /** A number as a tensor of shape []; the same number is stored once. */
  scalar(number: number): Value {
    return this.once(`${number}`, () => this.constant([number], []))
  }

  /** A list of whole numbers, as shapes and axes are given to operators. */
  integers(numbers: readonly number[]): Value {
    return this.once(`[${numbers}]`, () =>
      this.#keep(BigInt64Array.from(numbers, BigInt), [numbers.length], 'int64'),
    )
  }

  /** A whole number as a tensor of shape [], as some operators take an axis. */
  integer(number: number): Value {
    return this.once(`${number}n`, () => this.#keep(BigInt64Array.of(BigInt(number)), [], 'int64'))
  }

  #keep(data: Constant['data'], shape: Shape, type: ElementType, name?: string): Value {
    const { root } = this
    const isFree = name !== undefined && !root.#taken.has(name)
    const value = { graph: root, name: isFree ? name : root.freshName('constant'), type, shape }
    root.#taken.add(value.name)
    root.constants.push({ value, data })
    return value
  }

  /** A constant that the file has once, however often it is asked for by its key. */
  once(key: string | object, make: () => Value): Value {
    const { root } = this
    const value = root.#single.get(key) ?? make()
    root.#single.set(key, value)
    return value
  }

  /** Stands where an operator's optional input is left out: ONNX writes an empty name. */
  get absent(): Value {
    return { graph: this.root, name: '', type: this.float, shape: [] }
  }

  /** A name that no other value of the file has. */
  freshName(stem: string): string {
    return `${stem}_${++this.root.#names}`
  }

  /**
   * Appends a node.
   * @param results the shape of each result, and its type where it is not that of the first input
   */
  node(
    type: string,
    inputs: readonly Value[],
    attributes: Record<string, Attribute>,
    results: readonly { shape: Shape; type?: ElementType }[],
  ): Node {
    const outputs = results.map((result) => ({
      graph: this,
      name: this.freshName(type),
      type: result.type ?? inputs[0].type,
      shape: result.shape,
    }))
    const node = { type, inputs, outputs, attributes }
    this.nodes.push(node)
    this.steps.push(node)
    return node
  }

  /** Writes nodes by `build`, for which back-propagation uses the given rule instead of theirs. */
  block<T extends readonly Value[]>(inputs: readonly Value[], build: () => T, backward: Backward): T {
    const start = this.steps.length
    const outputs = build()
    this.steps.splice(start, Number.POSITIVE_INFINITY, { inputs, outputs, backward })
    return outputs
  }

  /** The nodes that an output needs, in their order: those that are written. */
  get liveNodes(): readonly Node[] {
    const needed = new Set(this.outputs)
    const live = this.nodes.toReversed().filter((node) => {
      const isLive = node.outputs.some((output) => needed.has(output))
      if (isLive) for (const value of operandsOf(node)) needed.add(value)
      return isLive
    })
    return live.reverse()
  }

  /** Whether an output needs this value. */
  uses(value: Value): boolean {
    return this.outputs.includes(value) || this.liveNodes.some((node) => operandsOf(node).includes(value))
  }

  /** How many nodes are written, those of loops' bodies included. */
  get nodeCount(): number {
    return this.liveNodes.reduce(
      (sum, node) => sum + bodiesOf(node).reduce((n, body) => n + body.nodeCount, 1),
      0,
    )
  }
}

const bodiesOf = ({ attributes }: Node): Graph[] =>
  Object.values(attributes).filter((value) => value instanceof Graph)

/** All values that a node uses: its inputs, and what its bodies take from outside. */
const operandsOf = (node: Node): readonly Value[] => [
  ...node.inputs,
  ...bodiesOf(node).flatMap((body) => [...body.outputs, ...body.liveNodes.flatMap(operandsOf)]),
]

/** The innermost of the graphs that the values belong to. */
export function innermost(values: readonly Value[]): Graph {
  const graph = values.map((value) => value.graph).reduce((a, b) => (b.depth > a.depth ? b : a))
  const foreign = values.find((value) => !encloses(value.graph, graph))
  if (foreign) {
    throw new TempocodeError(
      'model',
      `${foreign.name} of graph ${foreign.graph.name} cannot be seen from ${graph.name}`,
    )
  }
  return graph
}

const encloses = (outer: Graph, inner: Graph): boolean =>
  outer === inner || (inner.parent !== undefined && encloses(outer, inner.parent))
