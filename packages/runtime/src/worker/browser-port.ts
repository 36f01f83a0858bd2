import type { Port } from './protocol.js'

export const browserPort = (port: MessagePort): Port => ({
  post: (message, transfer) => port.postMessage(message, transfer),
  onMessage(listener) {
    port.addEventListener('message', ({ data }) => listener(data))
    port.start()
  },
})
