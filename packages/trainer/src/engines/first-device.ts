import { TempocodeError } from '@tempocode/core'
import type { SessionDevice } from '@tempocode/runtime'

/** What `open` gives on the first of the devices that is available. */
export async function onFirstDevice<T>(
  [device, ...others]: readonly SessionDevice[],
  open: (device: SessionDevice) => Promise<T>,
): Promise<T> {
  try {
    return await open(device)
  } catch (cause) {
    if (others.length > 0 && cause instanceof TempocodeError && cause.code === 'device')
      return onFirstDevice(others, open)
    throw cause
  }
}
