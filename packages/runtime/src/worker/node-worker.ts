import { parentPort, workerData } from 'node:worker_threads'
import { Barrier } from '../barrier.js'
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
  /** Of a group: its barrier's memory, and how many workspaces there are. */
  group?: { memory: SharedArrayBuffer; size: number }
}

const { device, options, group } = workerData as WorkerStart
const barrier = group && new Barrier(group.memory, group.size)
serve(nodePort(parentPort!), new LocalWorkspace((bytes) => createSession(bytes, device, options), barrier))
