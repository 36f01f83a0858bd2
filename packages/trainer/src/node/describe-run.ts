import type { Inspection } from '@tempocode/runtime'
import type { Run } from '../fit/run.js'

/** The README.md beside a run's files: what each is, what it takes and gives, and code to copy. */
export function describeRun(
  run: Run,
  metadata: NonNullable<Inspection['tempocode']>,
  hasTrainingStep: boolean,
): string {
  const { window, columns, features, version } = metadata
  const { settings, bestEpoch, epochs, initialLoss, finalLoss, split } = run
  const names = columns.join(', ')
  const windows = split.validation.length > 0 ? 'held-out' : 'training'
  return `# A trained encoder

Written by tempocode ${version}. It turns a window of ${window} rows into ${features} features.

- Columns, in this order: ${names}
- Loss (${settings.loss} of scaled values, ${windows} windows): ${digits(initialLoss)} before training, ${digits(finalLoss)} after it
- Epochs: ${epochs.length}, of which ${bestEpoch === 0 ? 'none was finished' : `number ${bestEpoch} was kept`}

## encoder.onnx

The file to ship. It takes raw values, as they are measured: scaling is inside.

| | name | type | shape |
|---|---|---|---|
| input | \`input\` | float32 | [batch, ${window}, ${columns.length}] |
| output | \`features\` | float32 | [batch, ${features}] |

A window with NaN or infinity in it gives NaN features. The file says of itself what its columns, window and scaler are
(\`tempocode inspect .\`).

The command:

\`\`\`sh
npx tempocode encode . data.csv --out features.csv
\`\`\`

Node and browser (in a browser, give the file's URL):

\`\`\`js
import { loadEncoder } from '@tempocode/runtime'
const encoder = await loadEncoder('encoder.onnx')
const { data, shape } = await encoder.encode(rows) // ${window} rows of [${names}] give shape [1, ${features}]
\`\`\`

Python:

\`\`\`python
import numpy, onnxruntime
session = onnxruntime.InferenceSession('encoder.onnx')
(features,) = session.run(None, {'input': rows})  # rows: numpy.float32 of shape [n, ${window}, ${columns.length}]
\`\`\`

## train/

What training leaves, for whoever wants to look closer or go on. None of it is needed to run the encoder.

- \`model.json\`, \`weights.bin\`: the whole autoencoder in tfjs's own format, scaled window in, scaled window out;
  \`tf.loadLayersModel\` loads it
- \`checkpoint\`: where training ended; \`tempocode train DATA --out . --resume --epochs N\` goes on from there
${hasTrainingStep ? `${TRAINING_STEP}\n` : ''}- \`history.csv\`: loss, validation loss and learning rate of each epoch
- \`config.json\`: columns, options, seed, versions, and how it went
`
}

const TRAINING_STEP = `\
- \`training.onnx\`, \`state.onnx\`: the training step, in stock ONNX operators, and the weights that it starts from. The
  second takes nothing and gives \`step\` and all that the optimizer changes. The first takes that, and
  \`series\` [rows, columns] of raw values, \`starts\` [steps, batch] (int64: the rows where windows start),
  \`sample_weights\` [steps, batch] (1 / batch each) and \`learning_rate\` [steps]; it gives \`loss\` [steps],
  \`gradient_norm\` [steps], and the changed state with \`.next\` behind each name, to be fed to the next call`

const digits = (loss: number) => String(Number(loss.toPrecision(4)))
