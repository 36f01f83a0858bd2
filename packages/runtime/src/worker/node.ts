import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { TempocodeError } from '@tempocode/core'
import type { SessionDevice, SessionOptions } from '../session.js'
import type { Workspace } from '../workspace.js'
import { nodePort } from './node-port.js'
import type { WorkerStart } from './node-worker.js'
import { connect } from './protocol.js'

/**
 * Opens a workspace in a thread of its own: ONNX Runtime's `run` blocks the thread that it is called on, and with it
 * timers, signals and everything else of Node.
 * @throws TempocodeError by its calls: `device` where the thread ends before its time, else what the sessions throw
 */
export function openWorkspace(device: SessionDevice, options: SessionOptions = {}): Workspace {
  const script = createRequire(import.meta.url).resolve('@tempocode/runtime/node-worker')
  const workerData: WorkerStart = { device, options }
  const worker = new Worker(script, { workerData, execArgv: [] }) // the process's flags are not meant for it
  const { workspace, fail } = connect(nodePort(worker), async () => {
    await worker.terminate()
  })
  worker.on('error', (cause) =>
    fail(new TempocodeError('device', `the worker failed: ${cause.message}`, {}, { cause })),
  )
  worker.on('exit', () => fail(new TempocodeError('device', 'the worker has ended')))
  return workspace
}
