import { inspectModel, type ValueInfo } from '@tempocode/runtime'

const KNOWN = ['series', 'starts', 'sample_weights', 'learning_rate']

/** What README.md says of the training step. */
export function describeTraining(step: Uint8Array): string {
  const inputs = inspectModel(step).inputs.filter(
    ({ name, dims }) => dims?.[0] === 'steps' && !KNOWN.includes(name),
  )
  const more = inputs.map((input) => `,\n  ${listed(input)}`).join('')
  return `\
- \`training.onnx\`, \`state.onnx\`: the training step, in stock ONNX operators, and the weights that it starts from. The
  second takes nothing and gives \`step\` and all that the optimizer changes. The first takes that, and
  \`series\` [rows, columns] of raw values, \`starts\` [steps, batch] (int64: the rows where windows start),
  \`sample_weights\` [steps, batch] (1 / batch each)${more} and \`learning_rate\` [steps]; it gives \`loss\` [steps],
  \`gradient_norm\` [steps], and the changed state with \`.next\` behind each name, to be fed to the next call.
  \`fineTune\` of \`@tempocode/trainer/fine-tune\` does all that, and writes the new weights into \`encoder.onnx\`
`
}

/** What only some networks and trainings take. */
function listed({ name, type, dims }: ValueInfo): string {
  const meaning = MEANINGS[name] ?? 'what dropout leaves: 0, or 1 / (1 − rate)'
  return `\`${name}\` [${dims?.join(', ')}] (${type}: ${meaning})`
}

const MEANINGS: Record<string, string> = {
  lengths: 'the rows of each sequence',
  keep: 'scaled inputs are multiplied by it',
  fill: 'and this is added',
}
