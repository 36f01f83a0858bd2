import { TempocodeError } from '@tempocode/core'
import { Barrier } from '../barrier.js'
import type { SessionDevice, SessionOptions } from '../session.js'
import type { Workspace } from '../workspace.js'
import { openWorkspace, startWorker } from './browser.js'

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
  return Array.from({ length: size }, () => startWorker({ device, options, group }, () => barrier.break()))
}
