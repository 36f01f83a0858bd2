import { toEvaluationOnnx, toTrainingOnnx } from '@tempocode/converters'
import type { Tensor, Workspace } from '@tempocode/runtime'
import type { Batch, Engine, StepResult, Task } from './engine.js'

const EVALUATION_BATCHES = 64 // in one call: enough to hide its cost, few enough to stay responsive

/**
 * Trains by ONNX: the step is a graph of stock operators that the runtime runs, many steps in a call. Weights and
 * moments stay in the workspace, and so does the series, from which the graph gathers its windows itself.
 *
 * @param workspace closed by the engine's `dispose`
 * @throws TempocodeError `unsupported` where a layer has no lowering
 */
export async function onnxEngine(task: Task, workspace: Workspace): Promise<Engine> {
  const { model, values, columns, batchSize } = task
  const training = toTrainingOnnx(model, task)
  const names = ['step', ...training.state.map(({ name }) => name)]
  const carry = Object.fromEntries(names.map((name) => [`${name}.next`, name]))

  await workspace.load('training', training.bytes)
  await workspace.load('evaluation', toEvaluationOnnx(model, task))
  await workspace.put({ series: tensor(values, [values.length / columns, columns]) })
  await putState({
    step: 0,
    tensors: training.state.map(
      ({ shape }, i) => training.parameters[i]?.read() ?? new Float32Array(sizeOf(shape)),
    ),
  })

  async function putState({ step, tensors }: { step: number; tensors: Float32Array[] }): Promise<void> {
    const state = training.state.map(({ name, shape }, i) => [name, tensor(tensors[i], shape)] as const)
    await workspace.put({ step: tensor(Float32Array.of(step), []), ...Object.fromEntries(state) })
  }

  return {
    name: 'onnx',

    async train(batches) {
      const results: StepResult[] = []
      for (const run of runsOfOneSize(batches)) {
        const rates = Float32Array.from(run, ({ learningRate }) => learningRate)
        const feeds = { ...batchFeeds(run), learning_rate: tensor(rates, [run.length]) }
        const { loss, gradient_norm } = await workspace.run('training', feeds, carry)
        results.push(
          ...run.map((_, i) => ({ loss: Number(loss.data[i]), norm: Number(gradient_norm.data[i]) })),
        )
      }
      return results
    },

    async evaluate(starts) {
      const batches = Array.from({ length: Math.ceil(starts.length / batchSize) }, (_, i) => ({
        starts: starts.subarray(i * batchSize, (i + 1) * batchSize),
      }))
      let sum = 0
      for (const run of runsOfOneSize(batches, EVALUATION_BATCHES)) {
        const { loss } = await workspace.run('evaluation', batchFeeds(run))
        run.forEach((batch, i) => {
          sum += Number(loss.data[i]) * batch.starts.length
        })
      }
      return sum / starts.length
    },

    async state() {
      const stored = await workspace.get(names)
      return {
        step: stored.step.data[0] as number,
        tensors: training.state.map(({ name }) => stored[name].data as Float32Array),
      }
    },

    restore: putState,

    async updateModel() {
      const weights = await workspace.get(training.parameters.map(({ name }) => name))
      for (const { name, write } of training.parameters) write(weights[name].data as Float32Array)
    },

    dispose: () => workspace.close(),
  }
}

/** Cuts a list of batches where their size changes (the last one of an epoch is smaller), or a run gets too long. */
function runsOfOneSize<T extends Pick<Batch, 'starts'>>(
  batches: readonly T[],
  longest = batches.length,
): T[][] {
  const runs: T[][] = []
  for (const batch of batches) {
    const run = runs.at(-1)
    if (run && run.length < longest && run[0].starts.length === batch.starts.length) run.push(batch)
    else runs.push([batch])
  }
  return runs
}

/** What the graphs take of batches of one size. */
function batchFeeds(batches: readonly Pick<Batch, 'starts'>[]): Record<string, Tensor> {
  const size = batches[0].starts.length
  const shape = [batches.length, size]
  const starts = BigInt64Array.from(
    batches.flatMap((batch) => [...batch.starts]),
    BigInt,
  )
  return {
    starts: tensor(starts, shape),
    sample_weights: tensor(new Float32Array(starts.length).fill(1 / size), shape),
  }
}

const tensor = (data: Tensor['data'], shape: readonly number[]): Tensor => ({ data, shape })

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
