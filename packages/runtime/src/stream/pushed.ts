import type { Row } from './row.js'

/** What takes rows one by one, and gives features or, where a row completes nothing, nothing. */
export interface Pushed {
  push(row: Row): Promise<Float32Array | undefined>
}

/** The features of rows as they come, one after the other. */
export async function* encodeRows(
  pushed: Pushed,
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<Float32Array, void, undefined> {
  for await (const row of rows) {
    const features = await pushed.push(row)
    if (features) yield features
  }
}

/** The same between a stream that is read and one that is written. */
export function transformRows(pushed: Pushed): TransformStream<Row, Float32Array> {
  return new TransformStream({
    async transform(row, controller) {
      const features = await pushed.push(row)
      if (features) controller.enqueue(features)
    },
  })
}
