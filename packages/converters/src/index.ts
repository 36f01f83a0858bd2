// tf.LayersModel → ONNX
export { type ToOnnxOptions, toOnnx } from './inference.js'
