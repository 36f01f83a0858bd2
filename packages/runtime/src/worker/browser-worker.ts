import { createWorkerSession } from '../browser-devices.js'
import { browserPort } from './browser-port.js'
import { start, type WorkerStart } from './start.js'

// What runs in the worker.

/** The only message that the worker itself gets; the calls come through its port. */
export type FirstMessage = WorkerStart & { port: MessagePort }

// Where this script and ONNX Runtime are one file, ONNX Runtime's own threads run it, too: their messages have no port.
addEventListener('message', ({ data }: MessageEvent<Partial<FirstMessage>>) => {
  const { port, ...how } = data
  if (!port) return
  start(browserPort(port), how as WorkerStart, createWorkerSession)
  // Held until the worker's end, whatever that is, so that the page can wait for it. Pages on plain http have no locks.
  navigator.locks?.request(crypto.randomUUID(), (lock) => {
    postMessage(lock!.name)
    return new Promise(() => {})
  })
})
