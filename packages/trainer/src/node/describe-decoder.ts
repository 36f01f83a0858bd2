import type { DecoderMetadata, EncoderMetadata } from '@tempocode/runtime'

/** What README.md says of decoder.onnx. */
export function describeDecoder({ window, columns, features, heads }: Described): string {
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

Each row of these tables has the row's number within its window, \`step\`: 1 is the window's first row${heads.length > 1 ? ', and which of the outputs it is of, `head`' : ''}. Samples
are drawn from a Gaussian with mean and covariance of the training windows' features, which the file holds. Nothing in
training made the features Gaussian, as in a variational autoencoder, so some samples may be unlike all of the data.

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

/** What README.md says where there is no decoder.onnx. */
export const describeMissingDecoder = (reason: string) => `## No decoder.onnx

A decoder takes features alone, and this network has none that does: ${reason}.
`

function meaningOf(offset: number, steps: number, window: number): string {
  if (offset === 0) return "the window's rows"
  if (offset === window) return `the ${steps === 1 ? 'row' : `${steps} rows`} after the window`
  return `rows ${offset + 1} to ${offset + steps} of the window`
}
