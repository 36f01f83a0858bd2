import type { Session, SessionDevice, SessionOptions } from '../session.js'
import { LocalWorkspace } from '../workspace.js'
import { type Port, serve } from './protocol.js'

/** What a worker is started with. */
export interface WorkerStart {
  device: SessionDevice
  options: SessionOptions
  /** Of a group: its barrier's memory, and how many workspaces there are. */
  group?: { memory: SharedArrayBuffer; size: number }
}

type CreateSession = (bytes: Uint8Array, device: SessionDevice, options: SessionOptions) => Promise<Session>

/** In the worker: opens its workspace, which the port's other end calls; calls wait until it is open. */
export async function start(
  port: Port,
  { device, options, group }: WorkerStart,
  createSession: CreateSession,
): Promise<void> {
  // Loaded by groups alone: a page that encodes needs none.
  const barrier = group && new (await import('../barrier.js')).Barrier(group.memory, group.size)
  serve(port, new LocalWorkspace((bytes) => createSession(bytes, device, options), barrier))
}
