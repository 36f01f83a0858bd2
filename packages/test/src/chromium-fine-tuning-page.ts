import { loadEncoder } from '@tempocode/runtime'
import { browserCheckpoints, fineTune } from '@tempocode/trainer/fine-tune'
import { blockedDuring } from './longtasks.js'

// What the pages of chromium-training.test.ts run that go on with a training from files: neither tfjs nor protobufjs.

const bytesOf = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer())
const OPTIONS = { epochs: 3, stride: 12, threads: 1, device: 'wasm', seed: 3 } as const

async function tune(options: Parameters<typeof fineTune>[2] = {}) {
  const [step, state, rows] = await Promise.all(['/training.onnx', '/state.onnx', '/rows.bin'].map(bytesOf))
  return fineTune({ step, state }, new Float32Array(rows.buffer), { ...OPTIONS, ...options })
}

const plain = async ({ state, epochs, encoder, stopped }: Awaited<ReturnType<typeof tune>>) => ({
  state: [...state],
  losses: epochs.map(({ loss, validationLoss }) => [loss, validationLoss]),
  encoder: [...(await encoder(await bytesOf('/encoder.onnx')))],
  stopped,
})

export const tuneWhole = async () => plain(await tune())

/** Stops after the first epoch, and stores where it has come. */
export async function tuneAndStop() {
  const stop = new AbortController()
  const { stopped } = await tune({
    signal: stop.signal,
    onEpoch: () => stop.abort(),
    onCheckpoint: browserCheckpoints('files').save,
  })
  return stopped
}

export const tuneOn = async () => plain(await tune({ resume: await browserCheckpoints('files').load() }))

/** Blocked times of a whole fine-tuning: reading the files, training, writing an encoder and encoding with it. */
export const blockedByTuning = () =>
  blockedDuring(async () => {
    const tuned = await tune()
    const file = await tuned.encoder(await bytesOf('/encoder.onnx'))
    const encoder = await loadEncoder(file, { device: 'wasm', worker: true, threads: 1 })
    await encoder.encode(new Float32Array(encoder.window * encoder.columns.length))
    await encoder.dispose()
  })
