import { checkValues, dueOutput } from './check-graph.js'
import { Detector } from './detector/detector.js'
import { type Threshold, thresholdOf } from './detector/threshold.js'
import type { ThresholdRule } from './detector/threshold-rule.js'
import { type LoadOptions, openFile, type Platform } from './load.js'
import { type DetectorMetadata, detectorOutputs, readDetector } from './metadata-detector.js'
import type { ModelFile } from './model-file.js'
import type { Source } from './source.js'

export interface LoadDetectorOptions extends LoadOptions {
  /** What makes a score an anomaly; see {@link ThresholdRule}. Default: the file's own rule. */
  threshold?: ThresholdRule
}

/** `loadDetector` of a platform. */
export function openDetector(
  platform: Platform,
  source: Source,
  options: LoadDetectorOptions,
): Promise<Detector> {
  const { threshold, ...others } = options
  let limit: Threshold | undefined
  return openFile(platform, source, others, {
    kind: 'detector',
    read: readDetector,
    check(model: ModelFile, metadata: DetectorMetadata, file?: string) {
      checkGraph(model, metadata, file)
      const rule = threshold ?? metadata.rule
      limit = rule === undefined ? undefined : thresholdOf(metadata.scores, rule)
    },
    create: (session, metadata) => new Detector(session, metadata, limit, threshold),
  })
}

function checkGraph({ inputs, outputs }: ModelFile, metadata: DetectorMetadata, file?: string) {
  const { span, columns, masked } = metadata
  const input = { name: 'input', type: 'float32', sizes: [span, columns.length] }
  const lengths = { name: 'lengths', type: 'int32', sizes: [] }
  const due = detectorOutputs(metadata, columns.length).map(dueOutput)
  checkValues('input', inputs, masked ? [input, lengths] : [input], file)
  checkValues('output', outputs, due, file)
}
