import {
  type Encoder,
  type LoadOptions,
  loadEncoder,
  loadForecaster,
  type Progress,
} from '@tempocode/runtime'

// What the pages of chromium-encoding.test.ts run.

/** What ONNX Runtime's WebAssembly has for memory in this page, and how many threads it has started. */
const memories: WebAssembly.Memory[] = []
let threads = 0
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(how: WebAssembly.MemoryDescriptor) {
    super(how)
    memories.push(this)
  }
}
globalThis.Worker = class extends Worker {
  constructor(script: string | URL, how?: WorkerOptions) {
    super(script, how)
    if (how?.name?.startsWith('em-pthread')) threads++
  }
}

let encoder: Encoder | undefined

/** Loads an encoder, which is there for the next calls. */
export async function load(url: string, options: LoadOptions = {}) {
  encoder = await loadEncoder(url, options)
  return { device: encoder.device, isolated: crossOriginIsolated, threads }
}

export async function encode(rows: Float32Array): Promise<Float32Array> {
  return (await encoder!.encode(rows)).data
}

/** Encodes so many windows of zeros. */
export async function encodeWindows(windows: number): Promise<readonly number[]> {
  const { window, columns } = encoder!
  return (await encoder!.encode(new Float32Array(windows * window * columns.length))).shape
}

export async function dispose() {
  await encoder!.dispose()
}

/** The features that so many models give of their rows: /0.onnx of /0.bin, and so on. */
export async function encodeModels(models: number, options: LoadOptions): Promise<number[][]> {
  const features: number[][] = []
  for (let i = 0; i < models; i++) {
    const { device } = await load(`/${i}.onnx`, options)
    if (device !== options.device) throw new Error(`it ran on ${device}`)
    const rows = new Float32Array(await (await fetch(`/${i}.bin`)).arrayBuffer())
    features.push([...(await encode(rows))])
    await dispose()
  }
  return features
}

export async function progressOf(url: string): Promise<Progress[]> {
  const events: Progress[] = []
  await load(url, { worker: true, onProgress: (progress) => events.push(progress) })
  await dispose()
  return events
}

/** For how long the page was blocked, in ms, each time that it was for more than 50, while it loads and encodes. */
export async function blockedBy(url: string, windows: number, worker: boolean): Promise<number[]> {
  const blocked: number[] = []
  const add = (entries: PerformanceEntryList) => blocked.push(...entries.map(({ duration }) => duration))
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ type: 'longtask' })
  await load(url, { device: 'wasm', worker, threads: 1 })
  await encodeWindows(windows)
  await dispose()
  await new Promise((resolve) => setTimeout(resolve, 100)) // a task is known some time after it has ended
  add(observer.takeRecords())
  observer.disconnect()
  return blocked
}

/** Stops when the first run has begun: why it ended, and that the encoder goes on. */
export async function abortEncoding(url: string, windows: number) {
  await load(url, { worker: true })
  const { window, columns } = encoder!
  const rows = new Float32Array(windows * window * columns.length)
  const stop = new AbortController()
  const encoding = encoder!.encode(rows, { signal: stop.signal })
  stop.abort(new Error('no longer needed'))
  const message = await encoding.then(
    () => 'all was encoded',
    (reason: Error) => reason.message,
  )
  const shape = await encodeWindows(1)
  await dispose()
  return { message, shape }
}

/** A window's features: by a stream, row by row, and at once. */
export async function streamWindow(url: string) {
  await load(url, { worker: true })
  const { window, columns } = encoder!
  const rows = Float32Array.from({ length: window * columns.length }, (_, i) => Math.sin(i))
  const stream = encoder!.stream()
  let pushed = new Float32Array(0)
  for (let at = 0; at < rows.length; at += columns.length)
    pushed = Float32Array.from(await stream.push(rows.subarray(at, at + columns.length)))
  const encoded = await encode(rows)
  await dispose()
  return { pushed: [...pushed], encoded: [...encoded] }
}

/** What a file forecasts of rows, which end at these seconds. */
export async function forecast(
  url: string,
  { rows, end, group }: { rows: number[]; end: number[]; group?: string[] },
  options: LoadOptions,
) {
  const forecaster = await loadForecaster(url, { ...options, verify: true })
  const dates = end.map((seconds) => new Date(1000 * seconds))
  const { forecast, lower, upper, shape } = await forecaster.forecast(Float32Array.from(rows), {
    end: dates,
    group,
  })
  const { device } = forecaster
  await forecaster.dispose()
  return { device, shape, forecast: [...forecast], lower: [...lower!], upper: [...upper!] }
}

/** Loads a model, encodes a window and disposes of it, many times. */
export async function loadAndDispose(url: string, times: number, options: LoadOptions) {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
  for (let i = 0; i < times; i++) {
    encoder = await loadEncoder(bytes, options)
    await encodeWindows(1)
    await dispose()
  }
}

/** Bytes of WebAssembly's memory in this page. */
export const wasmMemory = async () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
