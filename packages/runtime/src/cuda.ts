import { isMainThread } from 'node:worker_threads'
import { TempocodeError } from '@tempocode/core'
import { refuseUnlessAllRun } from './devices/refuse.js'
import { importBinding, loadSession } from './ort-session.js'
import type { Session, SessionOptions } from './session.js'

/** What the process was started with: NVIDIA's libraries look once. */
let started: boolean | undefined

/** A session on a GPU of NVIDIA's, by onnxruntime-node with the libraries that docs/devices.md names. */
export async function createCudaSession(bytes: Uint8Array, { cuda = {} }: SessionOptions): Promise<Session> {
  refuseUnlessAllRun(bytes, 'cuda')
  const { deviceId = 0, tf32 = false } = cuda
  const binding = await importBinding('cuda', () => import('onnxruntime-node'))
  useTf32(tf32)
  return loadSession(binding, 'cuda', bytes, {
    executionProviders: [{ name: 'cuda', deviceId }],
    intraOpNumThreads: 1, // none of its nodes is left to the processor
    extra: { session: { disable_cpu_ep_fallback: '1' } },
  }).catch((cause: TempocodeError) => {
    if (!/load shared library/.test(cause.message)) throw cause
    const needed = "onnxruntime-node's CUDA libraries, CUDA and cuDNN (see docs/devices.md)"
    throw new TempocodeError('device', `${cause.message}; it needs ${needed}`, {}, { cause })
  })
}

/** The binding takes no option for this, but NVIDIA's libraries obey this variable of the environment. */
function useTf32(tf32: boolean) {
  const isOff = process.env.NVIDIA_TF32_OVERRIDE === '0'
  if (started !== undefined && tf32 !== started)
    fail(`cuda already runs with tf32 ${started}; ${tf32} would need a new process`)
  if (tf32 && isOff) fail('tf32 is not available: NVIDIA_TF32_OVERRIDE is 0 in the environment')
  if (!tf32 && !isOff) {
    if (!isMainThread)
      fail('tf32 can be switched off by the main thread alone; set NVIDIA_TF32_OVERRIDE=0 in the environment')
    process.env.NVIDIA_TF32_OVERRIDE = '0'
  }
  started = tf32
}

function fail(message: string): never {
  throw new TempocodeError('device', message)
}
