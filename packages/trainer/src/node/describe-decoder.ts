import type { DecoderMetadata, EncoderMetadata } from '@tempocode/runtime'

/** What README.md says of decoder.onnx. */
export function describeDecoder({ window, columns, features, heads }: Described, masked: boolean): string {
  const [first] = heads
  const names = heads.map(({ name }) => name).join(', ')
  const rows = heads.map(
    ({ name, offset, steps }) =>
      `| output | \`${name}\` | float32 | [batch, ${steps}, ${columns.length}] | ${meaningOf(offset, steps, window)} |`,
  )
  return `## decoder.onnx

It turns features back into rows. They are raw, as they were measured: the inverse of scaling is inside.

| | name | type | shape | |
|---|---|---|---|---|
| input | \`features\` | float32 | [batch, ${features}] | what encoder.onnx gives |
${rows.join('\n')}

The command decodes the table of features that \`encode\` wrote, and features drawn around those of the training:

\`\`\`sh
npx tempocode decode . features.csv --out rows.csv
npx tempocode generate . --samples 10 --out samples.csv
\`\`\`

\`step\` is a row's number within its window, from 1 on${heads.length > 1 ? '; `head` is the output that it is of' : ''}. Samples are drawn from a Gaussian with
mean and covariance of the training windows' features, which the file holds. This is no variational autoencoder: nothing
in training made the features Gaussian, and some samples may be unlike all of the data.${masked ? `\n\n${MASKED}` : ''}

Node and browser:

\`\`\`js
import { loadDecoder } from '@tempocode/runtime'
const decoder = await loadDecoder('decoder.onnx')
const { ${names} } = await decoder.decode(data) // ${features} features give ${first.name}.shape [1, ${first.steps}, ${columns.length}]
const drawn = await decoder.decode(decoder.sample(10, { seed: 0 }).data)
\`\`\`

Python:

\`\`\`python
import numpy, onnxruntime
session = onnxruntime.InferenceSession('decoder.onnx')
(${first.name},) = session.run(['${first.name}'], {'features': features})  # numpy.float32 of shape [n, ${features}]
\`\`\`
`
}

type Described = Pick<DecoderMetadata, 'heads'> & Pick<EncoderMetadata, 'window' | 'columns' | 'features'>

const MASKED = `\
It gives a whole window for each sequence. Of one that was shorter, the rows past its end mean nothing.`

/** What README.md says where there is no decoder.onnx. */
export const describeMissingDecoder = (reason: string) => `## No decoder.onnx

This network's decoders need more than the features: ${reason}.
`

function meaningOf(offset: number, steps: number, window: number): string {
  if (offset === 0) return "the window's rows"
  if (offset === window) return `the ${steps === 1 ? 'row' : `${steps} rows`} after the window`
  return `rows ${offset + 1} to ${offset + steps} of the window`
}
