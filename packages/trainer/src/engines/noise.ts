/** Scaled values x become keep ⊙ x + fill; both are [windows, window, columns]. */
export interface Noise {
  keep: Float32Array
  fill: Float32Array
  shape: readonly [windows: number, window: number, columns: number]
}
