import {
  type TrainingFile,
  type TrainingOptions,
  toEvaluationOnnx,
  toTrainingOnnx,
} from '@tempocode/converters'
import { createSession, type SessionDevice, type Tensor } from '@tempocode/runtime'
import type * as tf from '@tensorflow/tfjs'

/** Rows that windows are taken from, raw. */
export interface Rows {
  values: Float32Array
  columns: number
}

/** One optimizer step: the rows where its windows start, and what else training graphs take of it. */
export interface Batch {
  starts: readonly number[]
  /** Each window's part in the loss. Default: all count the same. */
  sampleWeights?: readonly number[]
  /** How many rows of each window count; the rest is padding. */
  lengths?: readonly number[]
  /** What layers Dropout leave of their inputs, `LAYER/keep` [batch, …]. */
  draws?: Readonly<Record<string, Tensor>>
}

/** A training graph with what it carries from call to call: its doc comment in code, and all that tests know of it. */
export class TrainingGraph {
  readonly file: TrainingFile
  readonly #float: Float32ArrayConstructor | Float64ArrayConstructor
  #state: Record<string, Tensor>

  /** The weights are the model's, the moments 0. */
  constructor(
    readonly model: tf.LayersModel,
    readonly options: TrainingOptions,
    readonly device: SessionDevice = 'cpu',
  ) {
    this.file = toTrainingOnnx(model, options)
    this.#float = options.float === 'float64' ? Float64Array : Float32Array
    this.#state = { step: this.#tensor([0], []) }
    for (const { name, shape } of this.file.state) {
      this.#state[name] = this.#tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)
    }
    for (const { name, read } of this.file.parameters) this.set(name, read())
  }

  get(name: string): Float32Array | Float64Array {
    return this.#state[name].data as Float32Array | Float64Array
  }

  set(name: string, values: ArrayLike<number>): void {
    this.#state[name] = this.#tensor(values, this.#state[name].shape)
  }

  /** The parameters' values, in their order. */
  weights(): (Float32Array | Float64Array)[] {
    return this.file.parameters.map(({ name }) => this.get(name))
  }

  /**
   * Steps on, and gives each step's loss and norm of gradients.
   * @param learningRate of all steps, or one for each
   */
  async train(
    rows: Rows,
    batches: readonly Batch[],
    learningRate: number | readonly number[],
  ): Promise<{ losses: number[]; norms: number[] }> {
    const rates = typeof learningRate === 'number' ? batches.map(() => learningRate) : learningRate
    const outputs = await this.#run(this.file.bytes, {
      ...this.#feeds(rows, batches),
      ...this.#draws(batches),
      ...this.#state,
      learning_rate: this.#tensor(rates, [rates.length]),
    })
    for (const name of Object.keys(this.#state)) this.#state[name] = outputs[`${name}.next`]
    return { losses: numbers(outputs.loss), norms: numbers(outputs.gradient_norm) }
  }

  /** The losses alone, of the evaluation graph with this one's weights: nothing is dropped out. */
  async evaluate(rows: Rows, batches: readonly Batch[]): Promise<number[]> {
    const weights = this.file.parameters.map(({ name }) => [name, this.#state[name]] as const)
    const feeds = { ...this.#feeds(rows, batches), ...Object.fromEntries(weights) }
    return numbers((await this.#run(toEvaluationOnnx(this.model, this.options), feeds)).loss)
  }

  /**
   * The gradient of the loss by each parameter, before clipping where there is none: after one step from 0, Adam's
   * first moment, which the graph keeps as m / (1 − β₁), is the gradient itself.
   */
  static async gradients(
    model: tf.LayersModel,
    options: Omit<TrainingOptions, 'optimizer'>,
    rows: Rows,
    batch: Batch,
  ) {
    const graph = new TrainingGraph(model, { ...options, optimizer: { name: 'adam' } })
    const { losses, norms } = await graph.train(rows, [batch], 0)
    const gradients = graph.file.parameters.map(({ name }) => graph.get(`${name}/m`))
    return { graph, loss: losses[0], norm: norms[0], gradients }
  }

  #feeds({ values, columns }: Rows, batches: readonly Batch[]): Record<string, Tensor> {
    const shape = [batches.length, batches[0].starts.length]
    const all = (of: (batch: Batch) => readonly number[]) => batches.flatMap(of)
    const int64 = (numbers: number[]) => ({ data: BigInt64Array.from(numbers, BigInt), shape })
    const equal = ({ starts }: Batch) => starts.map(() => 1 / starts.length)
    const weights = all((batch) => batch.sampleWeights ?? equal(batch))
    return {
      series: this.#tensor(values, [values.length / columns, columns]),
      starts: int64(all(({ starts }) => starts)),
      sample_weights: this.#tensor(weights, shape),
      ...(batches[0].lengths && { lengths: int64(all(({ lengths = [] }) => lengths)) }),
    }
  }

  #draws(batches: readonly Batch[]): Record<string, Tensor> {
    const drawn = Object.entries(batches[0].draws ?? {}).map(([name, { shape }]) => {
      const values = batches.flatMap(({ draws }) => numbers(draws![name]))
      return [name, this.#tensor(values, [batches.length, ...shape])] as const
    })
    return Object.fromEntries(drawn)
  }

  async #run(bytes: Uint8Array, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
    const session = await createSession(bytes, this.device)
    try {
      return await session.run(feeds)
    } finally {
      await session.release()
    }
  }

  #tensor(values: ArrayLike<number>, shape: readonly number[]): Tensor {
    return { data: this.#float.from(values), shape }
  }
}

const numbers = ({ data }: Tensor): number[] => Array.from(data, Number)
