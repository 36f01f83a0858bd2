import type { EncoderMetadata } from '@tempocode/runtime'
import { lossParts } from '../fit/loss-parts.js'
import type { Run } from '../fit/run.js'
import { ownLayersOf } from './own-layers.js'

/** Parts of README.md that are not the same for all runs. */
export interface Sections {
  /** What there is to say of the encoder's step; empty where there is none. */
  stream: string
  /** What there is to say of the encoder in plain operators; empty where there is none. */
  plain: string
  /** What there is to say of the decoder. */
  decoder: string
  /** What there is to say of the detector. */
  detector: string
  /** The list's item for the training step; empty where there is none. */
  training: string
}

type Metadata = Pick<EncoderMetadata, 'window' | 'columns' | 'features' | 'masked' | 'version'>

/** The README.md beside a run's files: what each is, what it takes and gives, and code to copy. */
export function describeRun(run: Run, metadata: Metadata, sections: Sections): string {
  const { window, columns, features, version, masked } = metadata
  const { stream, plain, decoder, detector, training } = sections
  const { settings, bestEpoch, epochs, initialLoss, finalLoss, split } = run
  const names = columns.join(', ')
  const kind = masked ? 'sequences' : 'windows'
  const measured = split.validation.length > 0 ? `held-out ${kind}` : `training ${kind}`
  const own = ownLayersOf(run.model)
  return `# A trained encoder

Written by tempocode ${version}. It turns ${masked ? `a sequence of 1 to ${window} rows` : `a window of ${window} rows`} into ${features} features.

- Columns, in this order: ${names}
- Loss (${settings.loss} of scaled values: ${lossParts(run)}; ${measured}): ${digits(initialLoss)} before training, ${digits(finalLoss)} after it
- Epochs: ${epochs.length}, of which ${bestEpoch === 0 ? 'none was finished' : `number ${bestEpoch} was kept`}

## encoder.onnx

The file to ship. It takes raw values, as they are measured: scaling is inside.

| | name | type | shape |
|---|---|---|---|
| input | \`input\` | float32 | [batch, ${window}, ${columns.length}] |
${masked ? '| input | `lengths` | int32 | [batch] |\n' : ''}| output | \`features\` | float32 | [batch, ${features}] |

A window with NaN or infinity in it gives NaN features. The file says of itself what its columns, window and scaler are
(\`tempocode inspect .\`).
${masked ? `\n${LENGTHS}\n` : ''}
The command:

\`\`\`sh
npx tempocode encode . data.csv --out features.csv
\`\`\`

Node and browser (in a browser, give the file's URL):

\`\`\`js
import { loadEncoder } from '@tempocode/runtime'
const encoder = await loadEncoder('encoder.onnx')
const { data, shape } = await encoder.encode(rows) // ${masked ? `1 to ${window}` : window} rows of [${names}] give shape [1, ${features}]
\`\`\`

Python:

\`\`\`python
import numpy, onnxruntime
session = onnxruntime.InferenceSession('encoder.onnx')
# rows: numpy.float32 of shape [n, ${window}, ${columns.length}]${masked ? '; lengths: numpy.int32 of shape [n]' : ''}
(features,) = session.run(None, {'input': rows${masked ? ", 'lengths': lengths" : ''}})
\`\`\`

${stream}${plain}${decoder}
${detector}${FORECASTER}## train/

What training leaves, for whoever wants to look closer or go on. None of it is needed to run the other files.

- \`model.json\`, \`weights.bin\`: the whole network in tfjs's own format, scaled window in, scaled rows out;
  \`tf.loadLayersModel\` loads it${own.length > 0 ? `, once \`import 'tempocode'\` has made ${listed(own)} known to tfjs` : ''}
- \`checkpoint\`: where training ended; \`tempocode train DATA --out . --resume --epochs N\` goes on from there
${training}- \`history.csv\`: loss, validation loss and learning rate of each epoch
- \`config.json\`: columns, options, seed, versions, and how it went
`
}

const FORECASTER = `\
## forecaster.onnx

It forecasts what follows a window, by its rows, the calendar and the encoder's features. It is there once it was trained:

\`\`\`sh
npx tempocode forecast . data.csv --out forecast.csv
\`\`\`

\`forecast.html\` then shows how good it is, and how to run the file.

`

const LENGTHS = `\
\`lengths\` says how many rows of each window count; the others are padding, and may hold anything. The command and
\`@tempocode/runtime\` pad by themselves.`

const listed = (names: readonly string[]) =>
  names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const digits = (loss: number) => String(Number(loss.toPrecision(4)))
