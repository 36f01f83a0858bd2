import type { InspectedMetadata } from '@tempocode/runtime'

type StreamMetadata = Extract<InspectedMetadata, { kind: 'stream' }>

/** The section of README.md on the encoder's step. */
export const describeStream = ({ columns, features, state }: StreamMetadata): string => `\
## encoder.stream.onnx

One step of the encoder, for rows that come one by one: after each row the features of all rows so far. Time and memory for
a row do not depend on how many there were. The state is zeros before the first row.

| | name | type | shape |
|---|---|---|---|
| input | \`row\` | float32 | [batch, ${columns.length}] |
| input | \`state\` | float32 | [batch, ${state}] |
| output | \`features\` | float32 | [batch, ${features}] |
| output | \`state.next\` | float32 | [batch, ${state}] |

\`\`\`js
const stream = encoder.stream() // finds encoder.stream.onnx beside encoder.onnx
const features = await stream.push(row) // a Float32Array of ${features}
\`\`\`

It goes on from the first row, where windows forget: for the features of the last window alone there is
\`encoder.windows({ hop: 1 })\`.

`
