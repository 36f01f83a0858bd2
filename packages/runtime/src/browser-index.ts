// In browsers; in Node, index.ts has the same names

export {
  availableDevices,
  createSession,
  defaultThreads,
  loadDecoder,
  loadDetector,
  loadEncoder,
  loadForecaster,
} from './browser.js'
export * from './shared-index.js'
export { openWorkspace } from './worker/browser.js'
export { openGroup } from './worker/browser-group.js'
