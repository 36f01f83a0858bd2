import type { InspectedMetadata } from '@tempocode/runtime'

type DetectorMetadata = Extract<InspectedMetadata, { kind: 'detector' }>

/** What README.md says of detector.onnx. */
export function describeDetector(metadata: DetectorMetadata): string {
  const { columns, span, window, heads, features, score, rule, scores, masked } = metadata
  const { threshold = Number.NaN } = metadata
  const rows = heads.map(
    ({ name, steps }) =>
      `| output | \`${name}\` | float32 | [batch, ${steps}, ${columns.length}] | raw rows |\n`,
  )
  const after =
    span > window ? `, ${span - window} of them after the window, to be compared with the prediction` : ''
  return `## detector.onnx

It finds what is unlike the training: a score for each window, higher for what is more anomalous. It takes raw values, as
they are measured.

| | name | type | shape | |
|---|---|---|---|---|
| input | \`input\` | float32 | [batch, ${span}, ${columns.length}] | ${span} rows${after} |
${masked ? '| input | `lengths` | int32 | [batch] | how many rows of each window count |\n' : ''}${rows.join('')}\
| output | \`errors\` | float32 | [batch, ${columns.length}] | of each column the root of the mean of (x − x̂)², in scaled units |
${features ? `| output | \`features\` | float32 | [batch, ${features}] | as encoder.onnx gives them |\n` : ''}\
| output | \`score\` | float32 | [batch] | ${MEANINGS[score]} |

A score above ${digits(threshold)} is an anomaly (${rule}, by the scores of ${scores?.count} windows of the training). The file holds what other
rules need of those scores, so the threshold can be another one without the data.

\`\`\`sh
npx tempocode detect . data.csv --out scores.csv --events events.csv
npx tempocode detect . data.csv --threshold quantile:0.99 --min-length 3 --out scores.csv
\`\`\`

\`\`\`js
import { loadDetector } from '@tempocode/runtime'
const detector = await loadDetector('detector.onnx', { threshold: 'pot:0.0001' })
const { scores, contributions } = await detector.scoreSeries(values) // a Float32Array of rows × ${columns.length}
const stream = detector.stream({ minLength: 3 })
const { score, alarm } = await stream.push(row)
\`\`\`

`
}

const MEANINGS: Record<DetectorMetadata['score'], string> = {
  mean: "the errors' mean",
  max: 'the largest error',
  zscore: 'how far the errors lie above their means, in standard deviations',
  mahalanobis: 'the squared Mahalanobis distance of the errors',
  combined: 'how large the errors are, and how far the features lie from usual ones',
}

/** What README.md says where there is no detector.onnx. */
export const describeMissingDetector = (reason: string) => `## No detector.onnx

No detector could be made: ${reason}.

`

const digits = (value: number) => String(Number(value.toPrecision(4)))
