/**
 * What is drawn for each batch anew, under the names by which training graphs take it (see `batchInputs` of the
 * converters): `keep` and `fill` corrupt inputs, `LAYER/keep` is a dropout's.
 */
export type Draws = Record<string, Draw>

export interface Draw {
  data: Float32Array
  /** [windows, …] */
  shape: readonly number[]
}

/** The draws of batches of one size, one behind the other: [batches, windows, …]. */
export function joinDraws(batches: readonly Draws[]): Draws {
  const [first] = batches
  return Object.fromEntries(
    Object.entries(first).map(([name, { data, shape }]) => {
      const joined = new Float32Array(batches.length * data.length)
      batches.forEach((draws, i) => {
        joined.set(draws[name].data, i * data.length)
      })
      return [name, { data: joined, shape: [batches.length, ...shape] }]
    }),
  )
}

/** The draws of the batch's windows from one to another. */
export function sliceDraws(draws: Draws, from: number, to: number): Draws {
  return Object.fromEntries(
    Object.entries(draws).map(
      ([
        name,
        {
          data,
          shape: [windows, ...shape],
        },
      ]) => {
        const size = data.length / windows
        return [name, { data: data.slice(from * size, to * size), shape: [to - from, ...shape] }]
      },
    ),
  )
}
