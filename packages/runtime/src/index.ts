// In Node; in browsers, browser-index.ts has the same names

export { availableDevices, createSession, defaultThreads, loadDecoder, loadEncoder } from './node.js'
export * from './shared-index.js'
export { openGroup, openWorkspace } from './worker/node.js'
