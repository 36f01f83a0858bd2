import type { StateTensor } from '@tempocode/converters'
import { TempocodeError } from '@tempocode/core'
import { readModel, readTrainingMetadata, type TrainingMetadata, type ValueInfo } from '@tempocode/runtime'
import type { Dropping } from '../fit/dropout.js'
import type { WindowSize } from '../fit/training-data.js'

/** The files that `Run.training` gives, as `train` writes them to train/. */
export interface StepFiles {
  /** The bytes of training.onnx. */
  step: Uint8Array
  /** The bytes of state.onnx. */
  state: Uint8Array
}

/** What there is to know of a training step. */
export interface StepFile extends TrainingMetadata, WindowSize {
  /** What is carried from step to step: the weights, then what the optimizer remembers. */
  state: readonly StateTensor[]
  /** Whether it takes noise for its inputs. */
  corrupted: boolean
  /** Where it drops values out. */
  dropping: Dropping[]
}

/**
 * Reads what the files say of themselves.
 * @throws TempocodeError `model` where they are no training step and what it starts from
 */
export function readStepFiles({ step, state }: StepFiles): StepFile {
  const model = readModel(step, 'training.onnx')
  const metadata = readTrainingMetadata(model.metadata, 'training.onnx')
  const ofBatches = model.inputs.filter(({ dims }) => dims?.[0] === 'steps')
  const carried = model.inputs.filter((input) => !ofBatches.includes(input) && input.name !== 'series')
  const { outputs } = readModel(state, 'state.onnx')
  const [needed, given] = [carried, outputs].map((values) => values.map(inWords).join(', '))
  if (needed !== given) {
    const message = `state.onnx is of another training: it gives ${given}, and training.onnx takes ${needed}`
    throw new TempocodeError('model', message, { file: 'state.onnx' })
  }
  const names = ofBatches.map(({ name }) => name)
  return {
    ...metadata,
    padded: names.includes('lengths'),
    corrupted: names.includes('keep'),
    dropping: ofBatches
      .filter(({ name }) => name in metadata.dropout)
      .map(({ name, dims = [] }) => ({
        name,
        lengths: dims.slice(2).map(Number),
        rate: metadata.dropout[name],
      })),
    state: outputs
      .filter(({ name }) => name !== 'step')
      .map(({ name, dims = [] }) => ({ name, shape: dims.map(Number) })),
  }
}

const inWords = ({ name, dims = [] }: ValueInfo) => `${name} [${dims.join(', ')}]`
