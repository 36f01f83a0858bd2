import { TempocodeError } from '@tempocode/core'
import type { SessionDevice } from '../session.js'
import { placement } from './placement.js'

/**
 * Makes sure that a device runs every node of a file.
 * @throws TempocodeError `device` that names the first node that it does not run, and why
 */
export function refuseUnlessAllRun(bytes: Uint8Array, device: SessionDevice): void {
  const [first, ...others] = placement(bytes, device)
  if (!first) return
  const { node, operator, reason } = first
  const more = others.length > 0 ? `; nor ${others.length} other node${others.length === 1 ? '' : 's'}` : ''
  throw new TempocodeError('device', `${device} does not run node ${node} (${operator}): ${reason}${more}`, {
    node,
  })
}
