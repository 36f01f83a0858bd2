import { type StateTensor, toGradientOnnx, toUpdateOnnx } from '@tempocode/converters'
import type { Run, Workspace } from '@tempocode/runtime'
import type { Engine, Task } from './engine.js'
import { partFeeds, tensor } from './feeds.js'

/**
 * Several workspaces, each of which takes a part of every batch. In each step, all write their part's gradients into
 * memory that all can read, and then each makes the whole update by their sum, in the same order everywhere: so all
 * weights stay equal to the bit, and nothing else needs to be passed on.
 */
export async function partBatches(
  task: Task,
  parameters: readonly StateTensor[],
  state: readonly StateTensor[],
  workspaces: readonly Workspace[],
): Promise<Engine['train']> {
  const parts = workspaces.length
  const gradient = toGradientOnnx(task.model, task)
  const update = toUpdateOnnx(task.model, task, parts)
  const gradients = workspaces.flatMap((_, part) =>
    parameters.map(({ name, shape }) => {
      const bytes = new SharedArrayBuffer(4 * shape.reduce((a, b) => a * b, 1))
      return [`${name}/gradient.${part}`, tensor(new Float32Array(bytes), shape)] as const
    }),
  )
  await Promise.all(
    workspaces.map(async (workspace) => {
      await workspace.load('gradient', gradient)
      await workspace.load('update', update)
      await workspace.put(Object.fromEntries(gradients))
    }),
  )
  const carryState = Object.fromEntries(
    ['step', ...state.map(({ name }) => name)].map((name) => [`${name}.next`, name]),
  )
  const carryGradients = (part: number) =>
    Object.fromEntries(parameters.map(({ name }) => [`${name}/gradient`, `${name}/gradient.${part}`]))

  return async (batches) => {
    const results = await Promise.all(
      workspaces.map((workspace, part) =>
        workspace.runTogether(
          batches.flatMap((batch): Run[] => [
            { graph: 'gradient', feeds: partFeeds(batch, part, parts), carry: carryGradients(part) },
            {
              graph: 'update',
              feeds: { learning_rate: tensor(Float32Array.of(batch.learningRate), []) },
              carry: carryState,
            },
          ]),
        ),
      ),
    )
    return batches.map((_, i) => ({
      loss: results.reduce((sum, runs) => sum + Number(runs[2 * i].loss.data[0]), 0),
      norm: Number(results[0][2 * i + 1].gradient_norm.data[0]),
    }))
  }
}
