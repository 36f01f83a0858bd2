import type { StateTensor } from '@tempocode/converters'
import type { Workspace } from '@tempocode/runtime'
import type { Engine, StepResult } from './engine.js'
import { batchFeeds, runsOfOneSize, tensor } from './feeds.js'

/** One workspace, which takes whole batches: many steps in a call. */
export async function wholeBatches(
  training: Uint8Array,
  state: readonly StateTensor[],
  workspace: Workspace,
): Promise<Engine['train']> {
  await workspace.load('training', training)
  const carry = Object.fromEntries(
    ['step', ...state.map(({ name }) => name)].map((name) => [`${name}.next`, name]),
  )

  return async (batches) => {
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
  }
}
