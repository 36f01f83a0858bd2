await navigator.serviceWorker.register('/service-worker.js', { type: 'module' })
await navigator.serviceWorker.ready
if (!navigator.serviceWorker.controller)
  await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve))

const { window, columns } = await (await fetch('/encoder')).json()
const rows = Float32Array.from({ length: window * columns.length }, (_, i) => Math.sin(i)) // a window of raw values
const response = await fetch('/features', { method: 'POST', body: rows })
document.querySelector('output').textContent = new Float32Array(await response.arrayBuffer()).join(' ')
