// In Node; in browsers, browser-index.ts has the same names, but for verifyFile, and for those whose tables no page should
// load that does not ask for them: they are in @tempocode/runtime/inspect

export { placement, type RefusedNode } from './devices/placement.js'
export { type InspectedMetadata, type Inspection, inspectModel } from './inspect.js'

// All else

export {
  availableDevices,
  createSession,
  defaultThreads,
  loadDecoder,
  loadDetector,
  loadEncoder,
  loadForecaster,
  verifyFile,
} from './node.js'
export * from './shared-index.js'
export { openGroup, openWorkspace } from './worker/node.js'
