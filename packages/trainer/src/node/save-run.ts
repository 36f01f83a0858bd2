import { rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type ErrorCode, TempocodeError, version } from '@tempocode/core'
import { type InspectedMetadata, inspectModel, placement } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import type { DetectorOptions } from '../detector/calibrate.js'
import type { Epoch } from '../fit/course.js'
import type { Run } from '../fit/run.js'
import { countRows } from '../segments.js'
import { writeFileAtomic } from './atomic.js'
import { saveCheckpoint } from './checkpoints.js'
import { describeDecoder, describeMissingDecoder } from './describe-decoder.js'
import { describeDetector, describeMissingDetector } from './describe-detector.js'
import { describePlain } from './describe-plain.js'
import { describeRun } from './describe-run.js'
import { describeStream } from './describe-stream.js'
import { describeTraining } from './describe-training.js'
import { reportOf } from './report/write-report.js'
import { saveModel } from './save-model.js'

/**
 * Writes what a run leaves behind, each file beside its place first, so that a crash leaves old files whole:
 *
 *     README.md           what each file is and how to use it, and why one is missing
 *     report.html         what was learnt, in pictures: for people
 *     encoder.onnx        raw window in, features out
 *     encoder.stream.onnx a row and a state in, features and the next state out; missing where features need later rows
 *     encoder.plain.onnx  the same for CUDA, where that does not run encoder.onnx
 *     decoder.onnx        features in, raw rows out; missing where a decoder needs more than the features
 *     detector.onnx       raw window in, reconstruction, error of each column and score out
 *     train/model.json    the autoencoder with the weights that were kept, in tfjs's own format,
 *     train/weights.bin   for tf.loadLayersModel
 *     train/training.onnx the training step, to go on with nothing but ONNX Runtime,
 *     train/state.onnx    and what it starts from; both are missing for layers that only tfjs can train
 *     train/checkpoint    where training ended, to go on from there to the bit
 *     train/history.csv   the losses of each epoch
 *     train/config.json   what was trained, on what, with which options
 *
 * @param directory created if missing; files of other names in it are left alone
 * @param details what else config.json and the checkpoint should tell, such as where the data come from
 * @param detecting how the detector is calibrated
 * @returns the files' paths within the directory
 * @throws TempocodeError `file` where the directory or a file cannot be written
 */
export async function saveRun(
  run: Run,
  directory: string,
  details: Record<string, unknown> = {},
  detecting: DetectorOptions = {},
): Promise<string[]> {
  await checkRunDirectory(directory)
  const encoder = run.encoder()
  const metadata = metadataOf(encoder, 'encoder')
  const decoder = await unlessRefused(() => run.decoder(), ['model'])
  const detector = await unlessRefused(() => run.detector(detecting), ['model', 'unsupported', 'data'])
  const training = unlessUnsupported(() => run.training())
  const [refused] = placement(encoder, 'cuda')
  const plain = refused && unlessUnsupported(() => run.encoder('plain'))
  const stream = unlessUnsupported(() => run.stream())
  const decoding = decoder.bytes ? metadataOf(decoder.bytes, 'decoder') : undefined
  const calibrated = detector.bytes ? metadataOf(detector.bytes, 'detector') : undefined
  const config = {
    ...configOf(run),
    ...details,
    encoder: metadata,
    decoder: decoding ? { heads: decoding.heads, codes: decoding.codes } : { missing: decoder.missing },
    detector: calibrated ? calibrationOf(calibrated) : { missing: detector.missing },
  }
  const readme = describeRun(run, metadata, {
    stream: stream ? describeStream(metadataOf(stream, 'stream')) : '',
    plain: plain ? describePlain(refused) : '',
    decoder: decoding
      ? describeDecoder(decoding, metadata.masked === true)
      : describeMissingDecoder(decoder.missing ?? ''),
    detector: calibrated ? describeDetector(calibrated) : describeMissingDetector(detector.missing ?? ''),
    training: training ? describeTraining(training.step) : '',
  })
  const files: Record<string, string | Uint8Array> = {
    ...(training && { 'train/training.onnx': training.step, 'train/state.onnx': training.state }),
    'train/history.csv': historyOf(run.epochs),
    'train/config.json': `${JSON.stringify(config, null, 2)}\n`,
    'README.md': readme,
    'report.html': await reportOf(run, {
      details,
      detector: detector.bytes ?? { missing: detector.missing ?? '' },
    }),
    ...(decoder.bytes && { 'decoder.onnx': decoder.bytes }),
    ...(detector.bytes && { 'detector.onnx': detector.bytes }),
    ...(plain && { 'encoder.plain.onnx': plain }),
    ...(stream && { 'encoder.stream.onnx': stream }),
    'encoder.onnx': encoder,
  }
  await saveCheckpoint({ ...run.checkpoint, details }, directory)
  await saveModel(run.model, join(directory, 'train'))
  for (const [name, content] of Object.entries(files)) await writeFileAtomic(join(directory, name), content)
  for (const name of OPTIONAL) {
    if (!(name in files)) await rm(join(directory, name), { force: true }) // that of an older run
  }
  return FILES.filter((name) => name in files || !OPTIONAL.includes(name))
}

const FILES = [
  'README.md',
  'report.html',
  'encoder.onnx',
  'encoder.stream.onnx',
  'encoder.plain.onnx',
  'decoder.onnx',
  'detector.onnx',
  'train/model.json',
  'train/weights.bin',
  'train/checkpoint',
  'train/training.onnx',
  'train/state.onnx',
  'train/history.csv',
  'train/config.json',
]
const OPTIONAL = [
  'encoder.stream.onnx',
  'encoder.plain.onnx',
  'decoder.onnx',
  'detector.onnx',
  'train/training.onnx',
  'train/state.onnx',
]

/** What a file of ours says of itself, without arrays. */
function metadataOf<K extends InspectedMetadata['kind']>(bytes: Uint8Array, kind: K) {
  const { tempocode } = inspectModel(bytes)
  if (tempocode?.kind === kind) return tempocode as Extract<InspectedMetadata, { kind: K }>
  throw new Error(`what should be the ${kind} is ${tempocode?.kind ?? 'no file of ours'}`)
}

/** The file, or why there is none. */
async function unlessRefused(
  write: () => Promise<Uint8Array>,
  codes: readonly ErrorCode[],
): Promise<{ bytes?: Uint8Array; missing?: string }> {
  try {
    return { bytes: await write() }
  } catch (cause) {
    if (cause instanceof TempocodeError && codes.includes(cause.code)) return { missing: cause.message }
    throw cause
  }
}

/** What a detector takes for normal. */
const calibrationOf = ({ score, rule, threshold, scores }: InspectedDetector) => ({
  score,
  rule,
  threshold,
  scores,
})

type InspectedDetector = Extract<InspectedMetadata, { kind: 'detector' }>

/** Undefined for what the network cannot be written as. */
function unlessUnsupported<T>(write: () => T): T | undefined {
  try {
    return write()
  } catch (cause) {
    if (cause instanceof TempocodeError && cause.code === 'unsupported') return undefined
    throw cause
  }
}

/**
 * Finds out before a long training whether a run can be saved to this directory, which need not exist.
 * @throws TempocodeError `file` where it, or what it would lie in, is no directory
 */
export async function checkRunDirectory(directory: string): Promise<void> {
  for (let path = resolve(directory); ; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined)
    if (found === undefined && path !== dirname(path)) continue
    if (found?.isDirectory()) return
    const what = path === resolve(directory) ? directory : path
    throw new TempocodeError('file', `cannot write to ${directory}: ${what} is a file, not a directory`, {
      file: what,
    })
  }
}

function configOf(run: Run) {
  const { split, settings, engine, bestEpoch, initialLoss, finalLoss, stopped, warnings, seconds } = run
  return {
    versions: { tempocode: version, tfjs: tf.version.tfjs, node: process.versions.node },
    settings: { ...settings, engine },
    rows: { training: countRows(split.train), validation: countRows(split.validation) },
    result: { epochs: run.epochs.length, bestEpoch, initialLoss, finalLoss, stopped, seconds, warnings },
  }
}

function historyOf(epochs: readonly Epoch[]): string {
  const lines = epochs.map(({ epoch, loss, validationLoss, learningRate, seconds }) =>
    [epoch, loss, validationLoss ?? '', learningRate, seconds].join(','),
  )
  return `${['epoch,loss,validation_loss,learning_rate,seconds', ...lines].join('\n')}\n`
}
