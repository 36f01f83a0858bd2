import { checkValues } from '../check-graph.js'
import { type Kind, type LoadOptions, openFile, type Platform } from '../load.js'
import { readStream, type StreamMetadata } from '../metadata-stream.js'
import type { Source } from '../source.js'
import { StepFile } from './step-file.js'

const step: Kind<StreamMetadata, StepFile> = {
  kind: 'stream',
  read: readStream,
  check({ inputs, outputs }, { columns, features, state }, file) {
    const float = (name: string, size: number) => ({ name, type: 'float32', sizes: [size] })
    checkValues('input', inputs, [float('row', columns.length), float('state', state)], file)
    checkValues('output', outputs, [float('features', features), float('state.next', state)], file)
  },
  create: (session, metadata) => new StepFile(session, metadata),
}

/** Loads an encoder's step. */
export const openStep = (platform: Platform, source: Source, options: LoadOptions): Promise<StepFile> =>
  openFile(platform, source, options, step)
