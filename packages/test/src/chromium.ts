import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const PROGRAM = '/usr/bin/chromium' // where Debian's package puts it
const QUIET = [
  '--no-sandbox', // which root cannot have
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]
const NO_GPU = ['--disable-gpu']
/** WebGPU by SwiftShader, which computes on the processor: proof of what is computed, not of how fast. */
export const WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
]
const run = promisify(execFile)

/**
 * Starts a headless Chromium, which is installed from Debian's packages where it is missing and may be.
 * @param gpu flags for its GPU; by default it has none
 * @returns the browser, which the caller must close, or why there is none
 */
export async function startChromium(
  gpu: readonly string[] = NO_GPU,
): Promise<{ browser: Browser } | { missing: string }> {
  if (!existsSync(PROGRAM)) {
    const reason = await install()
    if (reason) return { missing: `no Chromium at ${PROGRAM}: ${reason}` }
  }
  return { browser: await chromium.launch({ executablePath: PROGRAM, args: [...QUIET, ...gpu] }) }
}

/** @returns why it cannot be installed, if it cannot */
async function install(): Promise<string | undefined> {
  if (!existsSync('/etc/debian_version')) return 'only on Debian is it installed by itself'
  if (process.getuid?.() !== 0) return 'only root can install it'
  try {
    await run('apt-get', ['update'])
    await run('apt-get', ['install', '-y', 'chromium'], { maxBuffer: 2 ** 26 })
  } catch (cause) {
    const lines = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n')
    return `apt-get cannot install it: ${lines.at(-1)}`
  }
}
