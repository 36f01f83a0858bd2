import { decodeBytes, encodeBytes } from './base64.js'
import { type AutoencoderMetadata, readAutoencoder } from './metadata-common.js'
import { Fields, isNumber, isStrings, pairsOf } from './metadata-fields.js'

/** What a training step says of itself, so that it can be gone on with from the file alone. */
export interface TrainingMetadata extends AutoencoderMetadata {
  /** Rows that a step looks at, from a window's first one on: more than `window` where later rows are predicted. */
  span: number
  /** The weights that a step changes; what else it carries is the optimizer's. */
  weights: string[]
  /** The weights that it does not change: they are inside the graph. */
  frozen: string[]
  /** By inputs of the graph: with what rate a value is dropped out. */
  dropout: Record<string, number>
  /** Options of the training that wrote it: those that the graph was made by, and those that it takes noise by. */
  settings: Record<string, unknown>
  /** An ONNX file of the loss alone, by the same weights. */
  evaluation: Uint8Array
}

const KIND = 'training'

/** The key-value pairs to store in `metadata_props`. */
export const writeTrainingMetadata = ({ evaluation, ...rest }: TrainingMetadata): Record<string, string> =>
  pairsOf({ kind: KIND, ...rest, evaluation: encodeBytes(evaluation) }, (value) => value)

/**
 * Reads what `writeTrainingMetadata` wrote. Every field is checked: the file may come from anywhere.
 * @throws TempocodeError `model` where a field is missing or malformed
 */
export function readTrainingMetadata(pairs: Record<string, string>, file?: string): TrainingMetadata {
  const fields = new Fields(pairs, file)
  fields.check('kind', fields.text('kind'), isTraining, `"${KIND}"`)
  return {
    ...readAutoencoder(fields),
    span: fields.count('span'),
    weights: fields.json('weights', isStrings, 'a list of weights'),
    frozen: fields.json('frozen', isNames, 'a list of weights'),
    dropout: fields.json('dropout', isRates, 'rates from 0 to below 1'),
    settings: fields.json('settings', isRecord, 'options by their names'),
    evaluation: fields.check(
      'evaluation',
      decodeBytes(fields.text('evaluation')),
      isFile,
      'a file as base64',
    ),
  }
}

const isTraining = (value: unknown): value is typeof KIND => value === KIND
const isFile = (value: unknown): value is Uint8Array => value instanceof Uint8Array && value.length > 0

const isNames = (value: unknown): value is string[] =>
  isStrings(value) || (Array.isArray(value) && value.length === 0)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRates = (value: unknown): value is Record<string, number> =>
  isRecord(value) && Object.values(value).every((rate) => isNumber(rate) && rate >= 0 && rate < 1)
