/** A line's points: places to the right, and heights. */
export interface Points {
  x: Float64Array
  y: Float32Array
}

/**
 * The points that a line as wide as so many pixels needs: of each pixel's points the lowest and the highest, in the
 * order in which they come. No peak is lost, however many points there are.
 * @param x never falling
 * @param least,most the places of the picture's left and right edge
 */
export function decimate({ x, y }: Points, [least, most]: readonly [number, number], pixels: number): Points {
  if (x.length <= 2 * pixels) return { x, y }
  const kept: number[] = []
  const pixelOf = (i: number) => Math.floor(((x[i] - least) / (most - least || 1)) * pixels)
  for (let first = 0; first < x.length; ) {
    let [low, high, next] = [first, first, first]
    for (const pixel = pixelOf(first); next < x.length && pixelOf(next) === pixel; next++) {
      if (y[next] < y[low]) low = next
      if (y[next] > y[high]) high = next
    }
    kept.push(Math.min(low, high))
    if (low !== high) kept.push(Math.max(low, high))
    first = next
  }
  return { x: Float64Array.from(kept, (i) => x[i]), y: Float32Array.from(kept, (i) => y[i]) }
}
