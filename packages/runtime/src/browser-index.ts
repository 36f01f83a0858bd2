// In browsers; in Node, index.ts has the same names

export { availableDevices, createSession, defaultThreads, loadDecoder, loadEncoder } from './browser.js'
export * from './shared-index.js'
export { openGroup, openWorkspace } from './worker/browser.js'
