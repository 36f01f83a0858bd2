import { TempocodeError } from '@tempocode/core'
import { Barrier } from '../barrier.js'
import type { SessionDevice, SessionOptions } from '../session.js'
import type { Workspace } from '../workspace.js'
import { browserPort } from './browser-port.js'
import type { FirstMessage } from './browser-worker.js'
import { connect } from './protocol.js'
import type { WorkerStart } from './start.js'

/**
 * Opens a workspace in a worker: ONNX Runtime's `run` blocks the thread that it is called on, and with it the page.
 * The worker's script, browser-worker.js, must lie beside the page's.
 * @throws TempocodeError by its calls: `device` where the worker fails or has ended, else what the sessions throw
 */
export function openWorkspace(device: SessionDevice, options: SessionOptions = {}): Workspace {
  return open({ device, options })
}

/**
 * Opens workspaces that can run their graphs together, each in a worker of its own. Where one fails, the calls of all
 * that wait for it reject.
 * @throws TempocodeError `device` for more than one without SharedArrayBuffer (cross-origin isolation)
 */
export function openGroup(size: number, device: SessionDevice, options: SessionOptions = {}): Workspace[] {
  if (size === 1) return [openWorkspace(device, options)]
  if (typeof SharedArrayBuffer === 'undefined') {
    const message = `${size} threads are not available without SharedArrayBuffer (cross-origin isolation); use 1`
    throw new TempocodeError('device', message)
  }
  const barrier = new Barrier(Barrier.memory(), size)
  const group = { memory: barrier.memory, size }
  return Array.from({ length: size }, () => open({ device, options, group }, () => barrier.break()))
}

function open(start: WorkerStart, onEnd = () => {}): Workspace {
  const worker = new Worker(new URL('./browser-worker.js', import.meta.url), { type: 'module' })
  const { port1: here, port2: there } = new MessageChannel()
  const end = (message: string) => {
    worker.terminate()
    onEnd()
    fail(new TempocodeError('device', message))
  }
  const { workspace, fail } = connect(browserPort(here), async () => end('the worker has ended'))
  // A script that cannot be loaded gives an event without a message.
  worker.addEventListener('error', ({ message }) =>
    end(`the worker failed: ${message ?? 'its script, browser-worker.js, cannot be loaded'}`),
  )
  worker.postMessage({ ...start, port: there } satisfies FirstMessage, [there])
  return workspace
}
