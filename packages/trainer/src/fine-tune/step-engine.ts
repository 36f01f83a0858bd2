import { availableDevices, openGroup, type SessionDevice } from '@tempocode/runtime'
import type { Task } from '../engines/engine.js'
import { sizeOf } from '../engines/feeds.js'
import { onFirstDevice } from '../engines/first-device.js'
import { seriesFeeds } from '../engines/series-feeds.js'
import { planThreads, sessionOptions, threadsOn } from '../engines/threads.js'
import { wholeBatches } from '../engines/whole-batches.js'
import { type WorkspaceEngine, workspaceEngine } from '../engines/workspace-engine.js'
import type { TrainingDevice } from '../fit/settings.js'
import type { StepFile, StepFiles } from './step-file.js'

type StepTask = Pick<Task, 'values' | 'columns' | 'batchSize' | 'threads' | 'wasmPaths'>

/**
 * An engine of the files: one worker takes whole batches, whose operators several threads may compute.
 * @throws TempocodeError `device` where the device is not available, `model` where ONNX Runtime refuses a file
 */
export function openStepEngine(
  files: StepFiles,
  file: StepFile,
  task: StepTask,
  device: 'auto' | TrainingDevice,
): Promise<WorkspaceEngine> {
  const devices = device === 'auto' ? availableDevices : [device]
  return onFirstDevice(devices, (one) => openOn(one, files, file, task))
}

async function openOn(
  device: SessionDevice,
  files: StepFiles,
  { state, weights, window, span, evaluation }: StepFile,
  task: StepTask,
): Promise<WorkspaceEngine> {
  const threads = threadsOn(device, task.threads)
  const size = state.slice(0, weights.length).reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const { each } = planThreads({ weights: size, window, batchSize: task.batchSize }, threads, 1)
  const [workspace] = openGroup(1, device, sessionOptions(device, each, task.wasmPaths))
  try {
    await workspace.load('state', files.state)
    const start = await workspace.run('state', {})
    const initial = state.map(({ name }) => start[name].data as Float32Array)
    const graphs = { state, weights: weights.length, initial, evaluation }
    const series = seriesFeeds({ ...task, span }, 1)
    return await workspaceEngine(series, task.batchSize, graphs, [workspace], { device, threads }, () =>
      wholeBatches(files.step, state, workspace),
    )
  } catch (cause) {
    await workspace.close().catch(() => {}) // what went wrong is known
    throw cause
  }
}
