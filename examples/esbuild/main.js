import { loadEncoder } from '@tempocode/runtime'

const encoder = await loadEncoder('/encoder.onnx', { worker: true })
const { window, columns } = encoder
const rows = Float32Array.from({ length: window * columns.length }, (_, i) => Math.sin(i)) // a window of raw values
const { data } = await encoder.encode(rows)
document.querySelector('output').textContent = data.join(' ')
await encoder.dispose()
