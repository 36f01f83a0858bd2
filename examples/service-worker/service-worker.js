// Answers POST /features, raw rows in and features out, for all tabs of the site, with one encoder in memory.
// Service workers may not import anything later on, and cannot start threads: hence the whole runtime in one file, and one.
import { loadEncoder } from './tempocode-runtime.js'

let loading

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url)
  if (pathname === '/encoder') event.respondWith(describe())
  if (pathname === '/features') event.respondWith(encode(event.request))
})

/** Browsers end a service worker that has nothing to do: it loads the encoder anew then. */
function encoder() {
  loading ??= loadEncoder('/encoder.onnx', { threads: 1 }).catch((cause) => {
    loading = undefined
    throw cause
  })
  return loading
}

async function describe() {
  const { window, columns, features } = await encoder()
  return Response.json({ window, columns, features })
}

async function encode(request) {
  const { data } = await (await encoder()).encode(new Float32Array(await request.arrayBuffer()))
  return new Response(data)
}
