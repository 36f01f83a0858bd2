import fs, { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor } from '@tempocode/runtime'
import { vi } from 'vitest'
import { type Binding, runProfiled } from './profile-session.js'

const require = createRequire(new URL('../../runtime/package.json', import.meta.url))

/** Runs a file in Node with ONNX Runtime's profiling on: its outputs, and which provider ran each node. */
export async function profile(file: Uint8Array, device: 'cpu' | 'wasm', feeds: Record<string, Tensor>) {
  const binding: Binding = require(device === 'cpu' ? 'onnxruntime-node' : 'onnxruntime-web')
  const folder = mkdtempSync(join(tmpdir(), 'tempocode-profile-'))
  const options = {
    executionProviders: [device],
    profileFilePrefix: join(folder, 'profile'),
    logSeverityLevel: 3,
  }
  try {
    return await runProfiled(binding, { file, feeds, options }, (session) => {
      if (device === 'wasm') return printed(() => session.endProfiling())
      session.endProfiling()
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What onnxruntime-web prints: it has no file to write a profile to. */
function printed(print: () => void): string[] {
  const spy = vi.spyOn(fs, 'writeSync').mockReturnValue(0)
  try {
    print()
    return spy.mock.calls.map(([, text]) => String(text))
  } finally {
    spy.mockRestore()
  }
}
