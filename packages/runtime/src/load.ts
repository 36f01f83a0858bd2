import { TempocodeError } from '@tempocode/core'
import { unlessAborted } from './abort.js'
import { fileError } from './file-error.js'
import type { Metadata } from './metadata.js'
import { openFields } from './metadata-common.js'
import type { Fields } from './metadata-fields.js'
import { type ModelFile, readModel } from './model-file.js'
import { openSession, type SessionPlatform } from './open-session.js'
import { checkCallback, checkDevice, checkFlag, checkKeys, checkSignal } from './options.js'
import type { Watch } from './progress.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { checkSessionOptions, optionsOf, SESSION_OPTIONS } from './session-options.js'
import { nameOf, type Read, readSource, type Source } from './source.js'
import type { Verification } from './verification.js'
import { type OpenWorkspace, WorkerSession } from './worker/worker-session.js'

export interface LoadOptions extends SessionOptions {
  /**
   * One that is named runs every node of the file, or loading fails. `auto` takes the first that does: in Node `cuda`,
   * `cpu`, then `wasm`; in browsers `wasm`, and never `webgpu`, which is slower for all but large networks.
   */
  device?: 'auto' | SessionDevice
  /**
   * Run it in a worker of its own, so that this thread is free while it computes. A worker that dies rejects what it had
   * with an error of code `device`, and the next call starts another. Default false.
   */
  worker?: boolean
  /** Run the golden pair, and fail if the device computes other values. Default false. */
  verify?: boolean
  /** Gives up loading, which then rejects with its reason. */
  signal?: AbortSignal
  /** Is told how far loading has come. */
  onProgress?: Watch['onProgress']
}

/** What Node and the browser each have of their own. */
export interface Platform extends SessionPlatform {
  /** Those that `auto` tries, in this order. */
  auto: readonly SessionDevice[]
  read: Read
  openWorkspace: OpenWorkspace
}

/** What runs a file. */
export interface Loaded {
  verify(): Promise<Verification>
  dispose(): Promise<void>
}

/** How a kind of file is loaded. */
export interface Kind<M extends Metadata, L extends Loaded> {
  kind: M['kind']
  /** @throws TempocodeError `model` where a field is missing or malformed */
  read(fields: Fields): M
  /** @throws TempocodeError `model` unless the graph takes and gives what its metadata say */
  check(model: ModelFile, metadata: M, file?: string): void
  create(session: Session, metadata: M): L
}

/** Loads a file of one kind: what `loadEncoder` and its like have in common. */
export async function openFile<M extends Metadata, L extends Loaded>(
  platform: Platform,
  source: Source,
  options: LoadOptions,
  { kind, read, check, create }: Kind<M, L>,
): Promise<L> {
  checkKeys(options, ['device', 'worker', 'verify', 'signal', 'onProgress', ...SESSION_OPTIONS])
  const { device = 'auto', worker = false, verify = false, signal, onProgress, ...sessionOptions } = options
  checkDevice(device, ['auto', ...Object.keys(platform.devices)])
  checkFlag('worker', worker)
  checkFlag('verify', verify)
  checkSignal(signal)
  checkCallback('onProgress', onProgress)
  checkSessionOptions(sessionOptions, device, platform.checkOwn)

  onProgress?.({ status: 'initiate' })
  const bytes = await readSource(source, platform.read, { signal, onProgress })
  onProgress?.({ status: 'done' })
  const file = nameOf(source)
  const model = readModel(bytes, file)
  const { fields, kind: found } = openFields(model.metadata, file)
  if (found !== kind) {
    const message = `${file ?? 'the file'} is ${named(found)}; ${named(kind)} is needed`
    throw new TempocodeError('model', message, { file })
  }
  const metadata = read(fields)
  check(model, metadata, file)
  const kept = worker && file === undefined ? bytes.slice() : bytes // for workers that follow on one that died
  const open = (device: SessionDevice, options: SessionOptions): Promise<Session> =>
    worker
      ? new WorkerSession(platform.openWorkspace, kept, model, device, options).load()
      : openSession(platform, bytes, device, options)
  const devices = device === 'auto' ? platform.auto : [device]
  const opening = firstSession(devices, (device) => open(device, optionsOf(device, sessionOptions)), file)
  const session = await unlessAborted(opening, signal, (late) => late.release())
  const loaded = create(session, metadata)
  try {
    if (verify) await unlessAborted(prove(loaded, file), signal)
  } catch (cause) {
    await loaded.dispose()
    throw cause
  }
  onProgress?.({ status: 'ready' })
  return loaded
}

const named = (kind: Metadata['kind']) => `${kind === 'encoder' ? 'an' : 'a'} ${kind}`

/** Opens the file on the first of the devices that runs it. A file that is wrong on one is wrong on all. */
async function firstSession(
  devices: readonly SessionDevice[],
  open: (device: SessionDevice) => Promise<Session>,
  file?: string,
): Promise<Session> {
  const failures: TempocodeError[] = []
  for (const device of devices) {
    try {
      return await open(device)
    } catch (cause) {
      if (!(cause instanceof TempocodeError)) throw cause
      if (cause.code !== 'device') throw fileError(cause.code, cause.message, file, cause)
      failures.push(cause)
    }
  }
  const last = failures.at(-1)!
  throw fileError(last.code, failures.map(({ message }) => message).join('; '), file, last)
}

/** @throws TempocodeError `verification` unless the device computes the golden pair */
async function prove(loaded: Loaded, file?: string) {
  const { error, tolerance, device } = await loaded.verify()
  if (error <= tolerance) return
  const message = `${device} is off by ${error} of the golden output's largest value; ${tolerance} is allowed`
  throw fileError('verification', message, file)
}
