import { clipsGradients, type StateTensor, toGradientOnnx, toUpdateOnnx } from '@tempocode/converters'
import type { Run, Workspace } from '@tempocode/runtime'
import type { Engine, Task } from './engine.js'
import { partFeeds, sharedTensor, tensor } from './feeds.js'
import type { SeriesFeeds } from './series-feeds.js'

/**
 * Several workspaces, each of which takes a part of every batch, and updates its share of the weights. In each step, all
 * write their part's gradients into memory that all can read; then each adds up the gradients of its share, in the same
 * order always, and writes the new weights where all read them in the next step.
 *
 * @param owners for each parameter, which workspace updates it
 */
export async function partBatches(
  task: Task,
  series: SeriesFeeds,
  parameters: readonly StateTensor[],
  state: readonly StateTensor[],
  workspaces: readonly Workspace[],
  owners: readonly number[],
): Promise<Engine['train']> {
  const parts = workspaces.length
  const gradient = toGradientOnnx(task.model, task)
  // Those that other workspaces read.
  const gradients = workspaces.flatMap((_, part) =>
    parameters
      .filter((_, i) => owners[i] !== part || clipsGradients(task))
      .map(({ name, shape }) => [`${name}/gradient.${part}`, sharedTensor(shape)] as const),
  )
  await Promise.all(
    workspaces.map(async (workspace, part) => {
      const share = parameters.filter((_, i) => owners[i] === part).map(({ name }) => name)
      await workspace.load('gradient', gradient)
      await workspace.load('update', toUpdateOnnx(task.model, task, parts, share))
      await workspace.put(Object.fromEntries(gradients))
    }),
  )
  const carryGradients = (part: number) =>
    Object.fromEntries(parameters.map(({ name }) => [`${name}/gradient`, `${name}/gradient.${part}`]))
  const carryState = (part: number) => {
    const own = state.filter((_, i) => owners[i % parameters.length] === part)
    return Object.fromEntries(['step', ...own.map(({ name }) => name)].map((name) => [`${name}.next`, name]))
  }

  return async (batches) => {
    const results = await Promise.all(
      workspaces.map((workspace, part) =>
        workspace.runTogether(
          batches.flatMap((batch): Run[] => [
            {
              graph: 'gradient',
              feeds: series.of(partFeeds(batch, part, parts)),
              carry: carryGradients(part),
            },
            {
              graph: 'update',
              feeds: { learning_rate: tensor(Float32Array.of(batch.learningRate), []) },
              carry: carryState(part),
            },
          ]),
        ),
      ),
    )
    return batches.map((_, i) => ({
      loss: results.reduce((sum, runs) => sum + Number(runs[2 * i].loss.data[0]), 0),
      norm: Math.sqrt(
        results.reduce((sum, runs) => sum + Number(runs[2 * i + 1].gradient_square.data[0]), 0),
      ),
    }))
  }
}
