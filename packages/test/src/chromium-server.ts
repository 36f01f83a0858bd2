import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
}

/** Serves files from memory, by their paths, to pages that are cross-origin isolated: these alone may share memory. */
export async function serveFiles(
  files: ReadonlyMap<string, Uint8Array | string>,
): Promise<{ server: Server; url: string }> {
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url)
    if (file === undefined) return response.writeHead(404).end()
    response.writeHead(200, {
      'Content-Type': TYPES[url.split('.').at(-1)!],
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    response.end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
