/** Rows × columns of sines, each column of its own period: what all systems learn. The Python ones make the same. */
export function waves(rows: number, columns: number): Float32Array {
  const values = new Float32Array(rows * columns)
  for (let i = 0; i < values.length; i++) values[i] = Math.sin(Math.floor(i / columns) / (3 + (i % columns)))
  return values
}
