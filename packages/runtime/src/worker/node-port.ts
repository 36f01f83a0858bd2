import type { MessagePort, Worker } from 'node:worker_threads'
import type { Port } from './protocol.js'

/** The end of the line in the worker, or the one here. */
export const nodePort = (port: MessagePort | Worker): Port => ({
  post: (message, transfer) => port.postMessage(message, transfer),
  onMessage: (listener) => port.on('message', listener),
})
