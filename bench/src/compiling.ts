import { toTrainingOnnx } from '@tempocode/converters'
import { createSession } from '@tempocode/runtime'
import { useFastTfjs } from '@tempocode/trainer/node'
import { countNodes } from '../../packages/test/src/count-nodes.js'
import { printResult, scriptInput } from './child.js'
import { networkOf } from './network.js'
import type { Compiling } from './results.js'
import type { Row } from './rows.js'
import { median } from './statistics.js'

// A process of its own for each network: the first time is what a user waits for, with cold code.

const REPEATS = 7
const row = scriptInput<Row>()
await useFastTfjs()
const model = networkOf(row)
const scaler = {
  kind: 'none' as const,
  center: Array(row.columns).fill(0),
  scale: Array(row.columns).fill(1),
}
const lower: number[] = []
const load: number[] = []
let nodes = 0
for (let i = 0; i < REPEATS; i++) {
  const begin = performance.now()
  const { bytes } = toTrainingOnnx(model, { scaler })
  const lowered = performance.now()
  const session = await createSession(bytes, 'cpu')
  lower.push(lowered - begin)
  load.push(performance.now() - lowered)
  await session.release()
  nodes = countNodes(bytes)
}
printResult({
  name: row.name,
  ms: { lower: median(lower), load: median(load), first: lower[0] + load[0] },
  nodes,
} satisfies Compiling)
