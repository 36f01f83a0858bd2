const { window: length, columns } = await window.encoder.describe()
const rows = Float32Array.from({ length: length * columns.length }, (_, i) => Math.sin(i)) // a window of raw values
const features = await window.encoder.encode(rows)
document.querySelector('output').textContent = features.join(' ')
