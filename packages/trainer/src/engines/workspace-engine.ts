import type { StateTensor } from '@tempocode/converters'
import type { Tensor, Workspace } from '@tempocode/runtime'
import { batchesOf } from '../windows.js'
import type { Engine, TrainingState } from './engine.js'
import { batchFeeds, runsOfOneSize, sharedTensor, tensor } from './feeds.js'
import type { SeriesFeeds } from './series-feeds.js'
import { shareOut } from './shares.js'

const EVALUATION_BATCHES = 64 // in one call: enough to hide its cost, few enough to stay responsive

/** What is carried from step to step, and the graph of the loss alone. */
export interface StepState {
  /** The weights, then what the optimizer remembers of them, slot by slot. */
  state: readonly StateTensor[]
  /** How many of these are weights. */
  weights: number
  /** Of all of it, at the start. */
  initial: readonly Float32Array[]
  evaluation: Uint8Array
}

/** An engine whose weights can be read. */
export interface WorkspaceEngine extends Engine {
  /** The weights by their names. */
  weights(): Promise<Record<string, Tensor>>
}

/**
 * Trains in workspaces. Weights and moments stay there, and so does the series, unless it is long; the graphs gather their
 * windows themselves. With several workspaces, each updates its share of the weights, which all read; what the optimizer
 * remembers stays where the weights are updated.
 *
 * @param workspaces of one group; closed by the engine's `dispose`
 * @param place what they run on
 * @param openTrain prepares the steps; `owners` says for each weight which workspace updates it
 */
export async function workspaceEngine(
  series: SeriesFeeds,
  batchSize: number,
  { state, weights, initial, evaluation }: StepState,
  workspaces: readonly Workspace[],
  place: Pick<Engine, 'device' | 'threads'>,
  openTrain: (owners: readonly number[]) => Promise<Engine['train']>,
): Promise<WorkspaceEngine> {
  const [first] = workspaces
  const parameters = state.slice(0, weights)
  const everywhere = (work: (workspace: Workspace) => Promise<void>) => Promise.all(workspaces.map(work))

  await everywhere((workspace) => workspace.load('evaluation', evaluation))
  await everywhere((workspace) => workspace.put(series.stored))
  const owners = shareOut(parameters, workspaces.length)
  const ownState = workspaces.map((_, k) => state.filter((_, i) => owners[i % weights] === k))
  await putState({ step: 0, tensors: [...initial] })
  const train = await openTrain(owners)

  async function putState({ step, tensors }: TrainingState): Promise<void> {
    const stored = new Map(state.map(({ name, shape }, i) => [name, tensor(tensors[i], shape)]))
    const given = parameters.map(({ name }) => [name, stored.get(name) as Tensor] as const)
    const shared =
      workspaces.length > 1 ? given.map(([name, weight]) => [name, inSharedMemory(weight)]) : given
    await Promise.all(
      workspaces.map((workspace, k) =>
        workspace.put({
          step: tensor(Float32Array.of(step), []),
          ...Object.fromEntries(ownState[k].map(({ name }) => [name, stored.get(name)])),
          ...Object.fromEntries(shared),
        }),
      ),
    )
  }

  return {
    name: 'onnx',
    ...place,
    train,

    async evaluate(windows) {
      const batches = batchesOf(windows, batchSize)
      const runs = runsOfOneSize(batches, EVALUATION_BATCHES)
      const sums = new Float64Array(runs.length)
      // one call after the other, because the rows of those that wait would all be in memory
      const evaluateEvery = async (workspace: Workspace, k: number) => {
        for (let i = k; i < runs.length; i += workspaces.length) {
          const { loss } = await workspace.run('evaluation', series.of(batchFeeds(runs[i])))
          sums[i] = runs[i].reduce((sum, batch, k) => sum + Number(loss.data[k]) * batch.starts.length, 0)
        }
      }
      await Promise.all(workspaces.map(evaluateEvery))
      return sums.reduce((a, b) => a + b, 0) / windows.starts.length
    },

    async state() {
      const shares = workspaces.map((workspace, k) =>
        workspace.get(['step', ...ownState[k].map(({ name }) => name)]),
      )
      const stored = Object.assign({}, ...(await Promise.all(shares))) as Record<string, Tensor>
      return {
        step: Number(stored.step.data[0]),
        tensors: state.map(({ name }) => stored[name].data as Float32Array),
      }
    },

    restore: putState,
    weights: () => first.get(parameters.map(({ name }) => name)),

    async dispose() {
      await everywhere((workspace) => workspace.close())
    },
  }
}

function inSharedMemory({ data, shape }: Tensor): Tensor {
  const shared = sharedTensor(shape)
  shared.data.set(data as Float32Array)
  return shared
}
