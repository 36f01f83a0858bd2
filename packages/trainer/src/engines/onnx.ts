import { toEvaluationOnnx, toTrainingOnnx } from '@tempocode/converters'
import { spanOf, targetsOf } from '@tempocode/models'
import type { Workspace } from '@tempocode/runtime'
import type { Engine, ModelEngine, Task } from './engine.js'
import { sizeOf } from './feeds.js'
import { partBatches } from './part-batches.js'
import { seriesFeeds } from './series-feeds.js'
import { wholeBatches } from './whole-batches.js'
import { workspaceEngine } from './workspace-engine.js'

/**
 * Trains a model by ONNX: the step is made of graphs of stock operators that the runtime runs. With one workspace, a call
 * makes many steps. With several, each takes its part of every batch.
 *
 * @param workspaces of one group; closed by the engine's `dispose`
 * @param place what they run on
 * @throws TempocodeError `unsupported` where a layer has no lowering
 */
export async function onnxEngine(
  task: Task,
  workspaces: readonly Workspace[],
  place: Pick<Engine, 'device' | 'threads'>,
): Promise<ModelEngine> {
  const { model, batchSize } = task
  const options = { ...task, singleWindows: batchSize === 1 }
  const { state, parameters, bytes } = toTrainingOnnx(model, options)
  const graphs = {
    state,
    weights: parameters.length,
    initial: state.map(({ shape }, i) => parameters[i]?.read() ?? new Float32Array(sizeOf(shape))),
    evaluation: toEvaluationOnnx(model, options),
  }
  const span = spanOf(task.window, targetsOf(model))
  const series = seriesFeeds({ ...task, span }, workspaces.length)
  const engine = await workspaceEngine(series, batchSize, graphs, workspaces, place, (owners) =>
    workspaces.length === 1
      ? wholeBatches(bytes, state, workspaces[0])
      : partBatches(task, series, parameters, state, workspaces, owners),
  )
  return {
    ...engine,
    async updateModel() {
      const weights = await engine.weights()
      for (const { name, write } of parameters) write(weights[name].data as Float32Array)
    },
  }
}
