import { TempocodeError } from '@tempocode/core'
import { availableDevices, openGroup, type SessionDevice } from '@tempocode/runtime'
import type { EngineName, TrainingDevice } from '../fit/options.js'
import type { ModelEngine, Task } from './engine.js'
import { onFirstDevice } from './first-device.js'
import { onnxEngine } from './onnx.js'
import { tfjsEngine } from './tfjs.js'
import { planThreads, sessionOptions, threadsOn } from './threads.js'

/**
 * The engine that was asked for; for `auto` the onnx engine, and tfjs, with a warning, where that cannot train the
 * model.
 * @throws TempocodeError `unsupported` where the onnx engine was asked for and a layer has no lowering, `device` where
 * the device is not available
 */
export async function openEngine(
  task: Task,
  engine: 'auto' | EngineName,
  device: 'auto' | TrainingDevice,
  warn: (message: string) => void,
): Promise<ModelEngine> {
  if (engine === 'tfjs') return tfjsEngine(task)
  try {
    return await onFirstDevice(device === 'auto' ? availableDevices : [device], (one) => openOnnx(task, one))
  } catch (cause) {
    if (engine === 'onnx' || !(cause instanceof TempocodeError) || cause.code !== 'unsupported') throw cause
    warn(`${cause.message}; training with tfjs instead, which is much slower`)
    return tfjsEngine(task)
  }
}

async function openOnnx(task: Task, device: SessionDevice): Promise<ModelEngine> {
  const threads = threadsOn(device, task.threads)
  const { parts, each } = planThreads({ ...task, weights: task.model.countParams() }, threads)
  const options = sessionOptions(device, each, task.wasmPaths)
  const workspaces = openGroup(parts, device, options)
  try {
    return await onnxEngine(task, workspaces, { device, threads })
  } catch (cause) {
    await Promise.all(workspaces.map((workspace) => workspace.close()))
    throw cause
  }
}
