/**
 * The order of the gates: tfjs and Keras store input, forget, cell, output; ONNX input, output, forget, cell.
 * `TO_ONNX[k]` is the place in tfjs of ONNX's gate k.
 */
const TO_ONNX = [0, 3, 1, 2]

/** A tfjs kernel [inputs, 4 · units] → ONNX's [4 · units, inputs], gates reordered. */
export function gatesToOnnx(kernel: Float32Array, inputs: number, units: number): Float32Array {
  const result = new Float32Array(kernel.length)
  eachWeight(inputs, units, (ours, theirs) => {
    result[ours] = kernel[theirs]
  })
  return result
}

/** The way back: ONNX's [4 · units, inputs] → a tfjs kernel [inputs, 4 · units]. */
export function gatesFromOnnx(weights: Float32Array, inputs: number, units: number): Float32Array {
  const result = new Float32Array(weights.length)
  eachWeight(inputs, units, (ours, theirs) => {
    result[theirs] = weights[ours]
  })
  return result
}

/** Visits each weight with its index in ONNX's layout and in tfjs's. */
function eachWeight(inputs: number, units: number, visit: (ours: number, theirs: number) => void): void {
  for (let gate = 0; gate < 4; gate++) {
    for (let unit = 0; unit < units; unit++) {
      const row = gate * units + unit
      const column = TO_ONNX[gate] * units + unit
      for (let k = 0; k < inputs; k++) visit(row * inputs + k, k * 4 * units + column)
    }
  }
}
