import { checkDevice, checkKeys } from './options.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { type CheckOwnOptions, checkSessionOptions, SESSION_OPTIONS } from './session-options.js'

/** How each device of a platform creates a session. */
export type Devices = Partial<
  Record<SessionDevice, (bytes: Uint8Array, options: SessionOptions) => Promise<Session>>
>

/** What a platform has of its own to create sessions. */
export interface SessionPlatform {
  devices: Devices
  checkOwn: CheckOwnOptions
}

/** `createSession` of a platform. */
export async function openSession(
  { devices, checkOwn }: SessionPlatform,
  bytes: Uint8Array,
  device: SessionDevice,
  options: SessionOptions,
): Promise<Session> {
  checkKeys(options, SESSION_OPTIONS)
  checkDevice(device, Object.keys(devices))
  checkSessionOptions(options, device, checkOwn)
  return devices[device]!(bytes, options)
}
