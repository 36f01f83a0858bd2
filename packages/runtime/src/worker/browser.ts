import { TempocodeError } from '@tempocode/core'
import type { SessionDevice, SessionOptions } from '../session.js'
import { absolutePaths } from '../wasm-paths.js'
import type { Workspace } from '../workspace.js'
import { browserPort } from './browser-port.js'
import type { FirstMessage } from './browser-worker.js'
import { connect } from './protocol.js'
import type { WorkerStart } from './start.js'

/**
 * Opens a workspace in a worker: ONNX Runtime's `run` blocks the thread that it is called on, and with it the page.
 * The worker's script, browser-worker.js, must lie beside the page's, or where `options.wasmPaths` says.
 * @param onEnd is called once, when the worker has ended, for whatever reason
 * @throws TempocodeError by its calls: `device` where the worker fails or has ended, else what the sessions throw
 */
export function openWorkspace(
  device: SessionDevice,
  options: SessionOptions = {},
  onEnd = () => {},
): Workspace {
  return startWorker({ device, options }, onEnd)
}

/** Opens a workspace in a worker, alone or of a group. */
export function startWorker({ options, ...start }: WorkerStart, onEnd: () => void): Workspace {
  const wasmPaths = absolutePaths(options.wasmPaths)
  const worker = newWorker(typeof wasmPaths === 'object' ? wasmPaths.worker : undefined)
  const { port1: here, port2: there } = new MessageChannel()
  const end = (message: string) => {
    worker.terminate()
    fail(new TempocodeError('device', message))
  }
  const { workspace, fail } = connect(browserPort(here), async () => end('the worker has ended'), onEnd)
  // A script that cannot be loaded gives an event without a message.
  worker.addEventListener('error', ({ message }) =>
    end(`the worker failed: ${message ?? 'its script, browser-worker.js, cannot be loaded'}`),
  )
  // A worker that is killed gives no event, but the lock that it holds is free then.
  worker.addEventListener('message', ({ data }: MessageEvent<string>) =>
    navigator.locks.request(data, () => end('the worker has ended')),
  )
  worker.postMessage({ ...start, options: { ...options, wasmPaths }, port: there } satisfies FirstMessage, [
    there,
  ])
  return workspace
}

/** Bundlers know a worker by the second of these expressions, as it stands here. */
const newWorker = (script?: string): Worker =>
  script === undefined
    ? new Worker(new URL('./browser-worker.js', import.meta.url), { type: 'module' })
    : new Worker(script, { type: 'module' })
