import { TempocodeError } from '@tempocode/core'
import { checkOptions, type FitOptions, OTHERS } from '../fit/options.js'
import { SETTING_NAMES, type Settings, settingsOf } from '../fit/settings.js'
import type { StepFile } from './step-file.js'

const INSIDE = ['loss', 'lossWeights', 'optimizer', 'clipNorm', 'scaler', 'engine'] as const

/**
 * How to go on training: the options of `fit`, with the same defaults, but for those that are inside training.onnx. By
 * default, inputs are corrupted as they were in the training that wrote the file.
 */
export type FineTuneOptions = Omit<FitOptions, (typeof INSIDE)[number] | 'onWarning'>

/**
 * The settings of a training that goes on from a file.
 * @throws TempocodeError `option` for an unknown option, one that is inside the file, or a value that is not allowed
 */
export function fineTuneSettings(options: FineTuneOptions, file: StepFile): Settings {
  const inside = INSIDE.find((name) => name in options)
  if (inside) {
    const message = `fineTune: ${inside} is inside training.onnx and cannot be changed; leave it out`
    throw new TempocodeError('option', message)
  }
  const others = OTHERS.filter((name) => name !== 'onWarning')
  const allowed = SETTING_NAMES.filter((name) => !(INSIDE as readonly string[]).includes(name))
  checkOptions('fineTune', options, [...allowed, ...others])
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const settings = settingsOf({
    ...file.settings,
    ...Object.fromEntries(given),
    scaler: file.scaler.kind,
    engine: 'onnx',
  })
  if (settings.corrupt !== 'none' && !file.corrupted) {
    const message = `corrupt "${settings.corrupt}" is not allowed; training.onnx takes no noise`
    throw new TempocodeError('option', message)
  }
  return settings
}
