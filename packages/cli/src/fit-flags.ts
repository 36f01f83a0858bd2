import type { FitOptions, Settings } from '@tempocode/trainer'
import type { Command } from 'commander'
import { fitOption, weightsOption } from './options.js'

/** What the commands that train have in common, in the order of their help: fit's option, its value, what it is. */
const FLAGS = [
  ['stride', 'rows', 'rows between the starts of two windows'],
  ['epochs', 'count', 'passes over the data, at most'],
  ['batchSize', 'windows', 'windows in an optimizer step'],
  ['learningRate', 'rate', "the optimizer's, at the start"],
  ['schedule', 'name', 'how the learning rate changes: constant, cosine or plateau'],
  ['loss', 'name', 'mse, mae or huber, of scaled values'],
  ['lossWeights', 'weights', 'how much the loss of each head counts (default: 1)'],
  ['corrupt', 'kind:rate', 'noise on the inputs: masking:0.3, gaussian:0.1, salt-and-pepper:0.1 or none'],
  ['clipNorm', 'norm', 'the largest norm of the gradients; 0 for no clipping'],
  ['validationSplit', 'part', 'the part of the rows, the last ones, that is held out'],
  ['patience', 'epochs', 'epochs without a better validation loss before it stops'],
  ['scaler', 'name', 'standard, minmax or none'],
  ['engine', 'name', 'what computes: auto, onnx or tfjs'],
  ['device', 'name', 'where the onnx engine computes: auto, cpu, wasm or cuda'],
  ['threads', 'count', 'threads of the onnx engine; auto takes all cores on cpu'],
  ['seed', 'number', 'fixes the weights at the start and the order of the windows'],
  ['checkpointEvery', 'count', 'epochs, or such as 200steps, between checkpoints'],
] as const satisfies [keyof Settings, string, string][]

export type FitFlag = (typeof FLAGS)[number][0]

/**
 * @param without those that the command does not have
 * @param defaults where they are not those of `fit`
 */
export function addFitOptions(
  command: Command,
  { without = [], defaults = {} }: { without?: readonly FitFlag[]; defaults?: FitOptions } = {},
): Command {
  for (const [name, value, description] of FLAGS) {
    if (without.includes(name)) continue
    command.addOption(
      name === 'lossWeights'
        ? weightsOption(`--loss-weights <${value}>`, description)
        : fitOption(name, value, description, defaults[name]),
    )
  }
  return command
}
