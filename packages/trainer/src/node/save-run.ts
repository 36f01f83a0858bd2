import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { TempocodeError, version } from '@tempocode/core'
import { inspectModel } from '@tempocode/runtime'
import * as tf from '@tensorflow/tfjs'
import type { Run } from '../fit/fit.js'
import type { Epoch } from '../fit/options.js'
import { countRows } from '../segments.js'
import { cannotWrite, writeFileAtomic } from './atomic.js'
import { describeRun } from './describe-run.js'
import { saveModel } from './save-model.js'

/**
 * Writes what a run leaves behind, each file beside its place first, so that a crash leaves old files whole:
 *
 *     README.md           what each file is and how to use it
 *     encoder.onnx        raw window in, features out
 *     train/model.json    the autoencoder with the weights that were kept, in tfjs's own format,
 *     train/weights.bin   for tf.loadLayersModel
 *     train/history.csv   the losses of each epoch
 *     train/config.json   what was trained, on what, with which options
 *
 * @param directory created if missing; files of other names in it are left alone
 * @param details what else config.json should tell, such as where the data come from
 * @returns the files' paths within the directory
 * @throws TempocodeError `file` where the directory or a file cannot be written
 */
export async function saveRun(
  run: Run,
  directory: string,
  details: Record<string, unknown> = {},
): Promise<string[]> {
  await checkRunDirectory(directory)
  const encoder = run.encoder()
  const { tempocode: metadata } = inspectModel(encoder)
  const config = { ...configOf(run), ...details, encoder: metadata }
  const texts = {
    'train/history.csv': historyOf(run.epochs),
    'train/config.json': `${JSON.stringify(config, null, 2)}\n`,
    'README.md': describeRun(run, metadata!),
  }
  await mkdir(join(directory, 'train'), { recursive: true }).catch((cause) => {
    throw cannotWrite(directory, cause)
  })
  await saveModel(run.model, join(directory, 'train'))
  for (const [name, text] of Object.entries(texts)) await writeFileAtomic(join(directory, name), text)
  await writeFileAtomic(join(directory, 'encoder.onnx'), encoder)
  return [
    'README.md',
    'encoder.onnx',
    'train/model.json',
    'train/weights.bin',
    ...Object.keys(texts).slice(0, 2),
  ]
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
  const lines = epochs.map(({ epoch, loss, validationLoss, seconds }) =>
    [epoch, loss, validationLoss ?? '', seconds].join(','),
  )
  return `${['epoch,loss,validation_loss,seconds', ...lines].join('\n')}\n`
}
