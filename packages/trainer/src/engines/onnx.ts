import { type StateTensor, toEvaluationOnnx, toTrainingOnnx } from '@tempocode/converters'
import type { Workspace } from '@tempocode/runtime'
import { batchesOf } from '../windows.js'
import type { Engine, Task } from './engine.js'
import { batchFeeds, runsOfOneSize, tensor } from './feeds.js'
import { partBatches } from './part-batches.js'
import { wholeBatches } from './whole-batches.js'

const EVALUATION_BATCHES = 64 // in one call: enough to hide its cost, few enough to stay responsive

/**
 * Trains by ONNX: the step is made of graphs of stock operators that the runtime runs. Weights and moments stay in the
 * workspaces, and so does the series, from which the graphs gather their windows themselves.
 *
 * With one workspace, a call makes many steps. With several, each has all weights and takes its part of every batch;
 * after each step all add up their gradients and make the same update.
 *
 * @param workspaces of one group; closed by the engine's `dispose`
 * @param place what they run on
 * @throws TempocodeError `unsupported` where a layer has no lowering
 */
export async function onnxEngine(
  task: Task,
  workspaces: readonly Workspace[],
  place: Pick<Engine, 'device' | 'threads'>,
): Promise<Engine> {
  const { model, values, columns, batchSize } = task
  const { state, parameters, bytes } = toTrainingOnnx(model, task)
  const [first] = workspaces
  const everywhere = (work: (workspace: Workspace) => Promise<void>) => Promise.all(workspaces.map(work))

  const evaluation = toEvaluationOnnx(model, task)
  const series = tensor(values, [values.length / columns, columns])
  await everywhere((workspace) => workspace.load('evaluation', evaluation))
  await everywhere((workspace) => workspace.put({ series }))
  const initial = state.map(({ shape }, i) => parameters[i]?.read() ?? new Float32Array(sizeOf(shape)))
  await putState({ step: 0, tensors: initial })
  const train =
    workspaces.length === 1
      ? await wholeBatches(bytes, state, first)
      : await partBatches(task, parameters, state, workspaces)

  async function putState({ step, tensors }: { step: number; tensors: Float32Array[] }): Promise<void> {
    const entries = state.map(({ name, shape }, i) => [name, tensor(tensors[i], shape)] as const)
    const all = { step: tensor(Float32Array.of(step), []), ...Object.fromEntries(entries) }
    await everywhere((workspace) => workspace.put(all))
  }

  return {
    name: 'onnx',
    ...place,
    train,

    async evaluate(windows) {
      const batches = batchesOf(windows, batchSize)
      const runs = runsOfOneSize(batches, EVALUATION_BATCHES)
      const sums = await Promise.all(
        runs.map(async (run, i) => {
          const { loss } = await workspaces[i % workspaces.length].run('evaluation', batchFeeds(run))
          return run.reduce((sum, batch, k) => sum + Number(loss.data[k]) * batch.starts.length, 0)
        }),
      )
      return sums.reduce((a, b) => a + b, 0) / windows.starts.length
    },

    async state() {
      const stored = await first.get(['step', ...state.map(({ name }) => name)])
      return {
        step: Number(stored.step.data[0]),
        tensors: state.map(({ name }) => stored[name].data as Float32Array),
      }
    },

    restore: putState,

    async updateModel() {
      const weights = await first.get(parameters.map(({ name }) => name))
      for (const { name, write } of parameters) write(weights[name].data as Float32Array)
    },

    async dispose() {
      await everywhere((workspace) => workspace.close())
    },
  }
}

const sizeOf = (shape: StateTensor['shape']) => shape.reduce((a, b) => a * b, 1)
