import { checkValues, dueOutput } from './check-graph.js'
import { Forecaster } from './forecaster/forecaster.js'
import { type Kind, type LoadOptions, openFile, type Platform } from './load.js'
import {
  type ForecasterMetadata,
  forecasterOutputs,
  inputWidth,
  readForecaster,
  takesGroup,
} from './metadata-forecaster.js'
import type { Source } from './source.js'

const forecaster: Kind<ForecasterMetadata, Forecaster> = {
  kind: 'forecaster',
  read: readForecaster,
  check({ inputs, outputs }, metadata, file) {
    const input = { name: 'input', type: 'float32', sizes: [metadata.window, inputWidth(metadata)] }
    const group = { name: 'group', type: 'int32', sizes: [] }
    checkValues('input', inputs, takesGroup(metadata) ? [input, group] : [input], file)
    checkValues('output', outputs, forecasterOutputs(metadata).map(dueOutput), file)
  },
  create: (session, metadata) => new Forecaster(session, metadata),
}

/** `loadForecaster` of a platform. */
export const openForecaster = (
  platform: Platform,
  source: Source,
  options: LoadOptions,
): Promise<Forecaster> => openFile(platform, source, options, forecaster)
