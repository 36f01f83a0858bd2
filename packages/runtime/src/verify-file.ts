import type { Loaded, LoadOptions, Platform } from './load.js'
import { openDecoder } from './load-decoder.js'
import { openDetector } from './load-detector.js'
import { openEncoder } from './load-encoder.js'
import { openForecaster } from './load-forecaster.js'
import { type FileKind, openFields } from './metadata-common.js'
import { readModel } from './model-file.js'
import { nameOf, readSource, type Source } from './source.js'
import { openStep } from './stream/load-step.js'
import type { Verification } from './verification.js'

type Open = (platform: Platform, source: Source, options: LoadOptions) => Promise<Loaded>

const OPEN: Record<FileKind, Open> = {
  encoder: openEncoder,
  decoder: openDecoder,
  stream: openStep,
  detector: openDetector,
  forecaster: openForecaster,
}

/** `verifyFile` of a platform. */
export async function openAndVerify(
  platform: Platform,
  source: Source,
  options: LoadOptions,
): Promise<Verification> {
  const bytes = await readSource(source, platform.read)
  const file = nameOf(source)
  const { kind } = openFields(readModel(bytes, file).metadata, file)
  const loaded = await OPEN[kind](platform, source, { ...options, verify: true })
  try {
    return await loaded.verify()
  } finally {
    await loaded.dispose()
  }
}
