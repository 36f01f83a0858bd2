import { parentPort, workerData } from 'node:worker_threads'
import { createSession } from '../node.js'
import type { SessionDevice, SessionOptions } from '../session.js'
import { LocalWorkspace } from '../workspace.js'
import { nodePort } from './node-port.js'
import { serve } from './protocol.js'

// What runs in the worker thread.

/** What the thread is started with. */
export interface WorkerStart {
  device: SessionDevice
  options: SessionOptions
}

const { device, options } = workerData as WorkerStart
serve(nodePort(parentPort!), new LocalWorkspace((bytes) => createSession(bytes, device, options)))
