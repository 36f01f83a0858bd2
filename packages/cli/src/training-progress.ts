import type { Epoch, Progress } from '@tempocode/trainer'
import { Presets, SingleBar } from 'cli-progress'
import { digits, duration } from './output.js'

/** Shows a training on standard error: a bar on a terminal, a line for each epoch elsewhere. */
export interface TrainingProgress {
  onProgress(progress: Progress): void
  onEpoch(epoch: Epoch): void
  end(): void
}

export function trainingProgress(): TrainingProgress {
  return process.stderr.isTTY ? barProgress() : lineProgress()
}

function barProgress(): TrainingProgress {
  const format =
    'epoch {epoch}/{epochs} [{bar}] loss {loss}  validation loss {validation}  {eta_formatted} left'
  const bar = new SingleBar({ format, stream: process.stderr, etaBuffer: 50, barsize: 24 }, Presets.legacy)
  let started = false
  let validation = '-'
  return {
    onProgress({ epoch, epochs, step, steps, loss }) {
      const payload = { epoch, epochs, loss: digits(loss), validation }
      if (!started) bar.start(epochs * steps, 0, payload)
      started = true
      bar.update((epoch - 1) * steps + step, payload)
    },
    onEpoch({ validationLoss }) {
      if (validationLoss !== undefined) validation = digits(validationLoss)
    },
    end: () => bar.stop(),
  }
}

function lineProgress(): TrainingProgress {
  let epochs = 0
  return {
    onProgress(progress) {
      epochs = progress.epochs
    },
    onEpoch({ epoch, loss, validationLoss, seconds }) {
      const number = String(epoch).padStart(String(epochs).length)
      const columns = [`epoch ${number}/${epochs}`, `loss ${digits(loss).padEnd(8)}`]
      if (validationLoss !== undefined) columns.push(`validation loss ${digits(validationLoss).padEnd(8)}`)
      process.stderr.write(`${[...columns, duration(seconds)].join('  ')}\n`)
    },
    end() {},
  }
}
