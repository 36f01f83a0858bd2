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

/** Optimizer steps: for each the rows where its windows start, their parts in the loss and the learning rate. */
export interface Steps {
  starts: readonly (readonly number[])[]
  /** Default: all windows of a batch count the same. */
  sampleWeights?: readonly (readonly number[])[]
  learningRate: number | readonly number[]
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

  /** Steps on, and gives each step's loss and norm of gradients. */
  async train(rows: Rows, steps: Steps): Promise<{ losses: number[]; norms: number[] }> {
    const { learningRate, starts } = steps
    const rates = typeof learningRate === 'number' ? starts.map(() => learningRate) : learningRate
    const outputs = await this.#run(this.file.bytes, {
      ...this.#feeds(rows, steps),
      ...this.#state,
      learning_rate: this.#tensor(rates, [rates.length]),
    })
    for (const name of Object.keys(this.#state)) this.#state[name] = outputs[`${name}.next`]
    return { losses: numbers(outputs.loss), norms: numbers(outputs.gradient_norm) }
  }

  /** The losses alone, of the evaluation graph with this one's weights. */
  async evaluate(rows: Rows, batches: Omit<Steps, 'learningRate'>): Promise<number[]> {
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
    { starts, sampleWeights }: { starts: readonly number[]; sampleWeights?: readonly number[] },
  ) {
    const batch = { starts: [starts], sampleWeights: sampleWeights && [sampleWeights] }
    const graph = new TrainingGraph(model, { ...options, optimizer: { name: 'adam' } })
    const { losses, norms } = await graph.train(rows, { ...batch, learningRate: 0 })
    const gradients = graph.file.parameters.map(({ name }) => graph.get(`${name}/m`))
    return { graph, loss: losses[0], norm: norms[0], gradients }
  }

  #feeds({ values, columns }: Rows, { starts, sampleWeights }: Omit<Steps, 'learningRate'>) {
    const shape = [starts.length, starts[0].length]
    const weights = sampleWeights?.flat() ?? new Array(starts.flat().length).fill(1 / shape[1])
    return {
      series: this.#tensor(values, [values.length / columns, columns]),
      starts: { data: BigInt64Array.from(starts.flat(), BigInt), shape },
      sample_weights: this.#tensor(weights, shape),
    }
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
