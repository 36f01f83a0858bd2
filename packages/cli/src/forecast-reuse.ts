import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { TempocodeError } from '@tempocode/core'
import { type InspectedMetadata, inspectModel } from '@tempocode/runtime'
import type { Comparison, ForecastEvaluation } from '@tempocode/trainer'
import type { DirectoryEncoder } from './directory-encoder.js'
import type { ForecastFlags } from './forecast-flags.js'

export type ForecasterMetadata = Extract<InspectedMetadata, { kind: 'forecaster' }>

/** A forecaster.onnx that is there, and what `train/forecaster.json` beside it tells. */
export interface OldForecaster {
  file: string
  metadata: ForecasterMetadata
  /** The flags that were given when it was trained, as far as that is known. */
  flags: Partial<ForecastFlags>
  /** The SHA-256 of the encoder's file whose features it sees, where that is known. */
  encoder?: string
  evaluation?: SavedEvaluation
}

/** An evaluation as JSON gives it back. */
export type SavedEvaluation = Comparison & Omit<ForecastEvaluation, 'examples'>

/**
 * The forecaster of a directory.
 * @returns undefined where there is none
 * @throws TempocodeError `file` where a file cannot be read or is damaged, `model` where it is no forecaster
 */
export async function oldForecaster(directory: string): Promise<OldForecaster | undefined> {
  const file = join(directory, 'forecaster.onnx')
  if (!(await stat(file).catch(() => undefined))) return undefined
  const { tempocode: metadata } = inspectModel(await readFile(file), file)
  if (metadata?.kind !== 'forecaster') {
    const message = `${file}: its kind is ${metadata?.kind ?? 'unknown'}, not forecaster; remove it, or use another directory`
    throw new TempocodeError('model', message, { file })
  }
  const {
    flags = flagsOf(metadata),
    encoder,
    evaluation,
  } = await configOf(join(directory, 'train', 'forecaster.json'))
  return { file, metadata, flags, encoder, evaluation }
}

/** What the command wrote; nothing where only the ONNX file was copied. */
async function configOf(
  file: string,
): Promise<Partial<Pick<OldForecaster, 'flags' | 'encoder' | 'evaluation'>>> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TempocodeError('file', `${file} is damaged; remove it, or give --retrain`, { file }, { cause })
  }
}

/** What a file tells of the flags that it was trained with. */
const flagsOf = (metadata: ForecasterMetadata): Partial<ForecastFlags> => {
  const { horizon, targets, known = [], columns, coverage = 0, season, window, features, groupBy } = metadata
  return {
    horizon,
    targets,
    ...(known.length > 0 && { known }),
    columns: columns.filter((name) => !known.includes(name)),
    coverage,
    season,
    ...(features === undefined && { window }), // else it may be the encoder's
    groupBy,
    useFeatures: features === undefined ? 'no' : 'yes',
  }
}

/** Those with which a forecaster remains what it is. */
const NEUTRAL: readonly string[] = ['time', 'missing', 'device']

/**
 * Why an old forecaster will not do; undefined where it will.
 * @param given the flags of this call; what is not given is as it was
 * @param defaults of the flags that have one
 * @param own the directory's encoder
 */
export function reasonToTrain(
  { flags, metadata, encoder, file }: OldForecaster,
  given: Partial<ForecastFlags>,
  defaults: Partial<ForecastFlags>,
  own: DirectoryEncoder | undefined,
): string | undefined {
  const before: Partial<ForecastFlags> = { ...defaults, ...flagsOf(metadata), ...flags }
  for (const [name, value] of Object.entries(given)) {
    const then = before[name as keyof ForecastFlags]
    if (NEUTRAL.includes(name) || said(name, then) === said(name, value)) continue
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    return `${flag} ${then === undefined ? 'was not given' : `was ${[then].flat().join(',')}`}`
  }
  const isOther = own !== undefined && encoder !== undefined && encoder !== own.digest
  return isOther && before.useFeatures === 'yes' ? `${file} has another encoder in it` : undefined
}

/** A flag's value as text that can be compared; the order of columns that are no targets means nothing. */
const said = (name: string, value: unknown): string =>
  JSON.stringify(name === 'columns' && Array.isArray(value) ? [...value].sort() : value) ?? ''
