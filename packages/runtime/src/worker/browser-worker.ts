import { createSession } from '../browser.js'
import { browserPort } from './browser-port.js'
import { start, type WorkerStart } from './start.js'

// What runs in the worker.

/** The only message that the worker itself gets; the calls come through its port. */
export type FirstMessage = WorkerStart & { port: MessagePort }

addEventListener('message', ({ data }: MessageEvent<FirstMessage>) =>
  start(browserPort(data.port), data, createSession),
)
