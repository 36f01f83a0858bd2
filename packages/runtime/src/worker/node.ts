import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { TempocodeError } from '@tempocode/core'
import { Barrier } from '../barrier.js'
import type { SessionDevice, SessionOptions } from '../session.js'
import type { Workspace } from '../workspace.js'
import { nodePort } from './node-port.js'
import { connect, type Port } from './protocol.js'
import type { WorkerStart } from './start.js'

/**
 * Opens a workspace in a thread of its own: ONNX Runtime's `run` blocks the thread that it is called on, and with it
 * timers, signals and everything else of Node.
 * @param onEnd is called once, when the thread has ended, for whatever reason
 * @throws TempocodeError by its calls: `device` where the thread ends before its time, else what the sessions throw
 */
export function openWorkspace(
  device: SessionDevice,
  options: SessionOptions = {},
  onEnd = () => {},
): Workspace {
  return open({ device, options }, onEnd)
}

/**
 * Opens workspaces that can run their graphs together, each in a thread of its own. Where one fails, the calls of all
 * that wait for it reject.
 */
export function openGroup(size: number, device: SessionDevice, options: SessionOptions = {}): Workspace[] {
  const barrier = new Barrier(Barrier.memory(), size)
  const group = { memory: barrier.memory, size }
  return Array.from({ length: size }, () => open({ device, options, group }, () => barrier.break()))
}

function open(workerData: WorkerStart, onEnd: () => void): Workspace {
  const script = createRequire(import.meta.url).resolve('@tempocode/runtime/node-worker')
  const worker = new Worker(script, {
    workerData,
    execArgv: [], // the process's flags are not meant for it
    // Runs leave small objects behind, few of which live on: with less room they are cleared away more often, at no
    // cost that can be measured. V8's default lets each thread grow by some 20 MB first.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  })
  const close = async () => {
    await worker.terminate()
  }
  const { workspace, fail } = connect(portOf(worker), close, onEnd)
  const end = (message: string, cause?: Error) => fail(new TempocodeError('device', message, {}, { cause }))
  worker.on('error', (cause) => end(`the worker failed: ${cause.message}`, cause))
  worker.on('exit', () => end('the worker has ended'))
  return workspace
}

/** The worker's port. It keeps the process alive only while it owes an answer: each message here is one to a call. */
function portOf(worker: Worker): Port {
  const { post, onMessage } = nodePort(worker)
  let owed = 0
  return {
    post(message, transfer) {
      post(message, transfer)
      if (owed++ === 0) worker.ref()
    },
    onMessage: (listener) =>
      onMessage((message) => {
        if (--owed === 0) worker.unref()
        return listener(message)
      }),
  }
}
