import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

const TYPES: Record<string, string> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
  onnx: 'application/octet-stream',
  bin: 'application/octet-stream',
}

/** Pages that are cross-origin isolated: these alone may share memory. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** What pages and their workers may do; no page needs more. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
]

/** What was against the policy, such as a request to another origin. */
export interface Violation {
  directive: string
  blocked: string
}

export interface Served {
  server: Server
  url: string
  /** All that were reported so far, by pages and workers. */
  violations: Violation[]
}

/** Serves files from memory, by their paths, under a content security policy, unless `strict` is false. */
export async function serveFiles(
  files: ReadonlyMap<string, Uint8Array | string>,
  { isolated = true, strict = true } = {},
): Promise<Served> {
  const violations: Violation[] = []
  const server = createServer(async (request, response) => {
    const { url = '' } = request
    if (url === '/violations') {
      const report = JSON.parse(await text(request))['csp-report']
      violations.push({ directive: report['effective-directive'], blocked: report['blocked-uri'] })
      return response.writeHead(204).end()
    }
    const file = files.get(url)
    if (file === undefined) return response.writeHead(404).end()
    response.writeHead(200, {
      'Content-Type': TYPES[url.split('.').at(-1)!] ?? 'text/plain',
      'Content-Length': Buffer.byteLength(file),
      ...(strict && { 'Content-Security-Policy': [...POLICY, 'report-uri /violations'].join('; ') }),
      ...(isolated && ISOLATED),
    })
    response.end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, violations }
}
