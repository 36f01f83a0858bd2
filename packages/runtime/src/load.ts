import { TempocodeError } from '@tempocode/core'
import type { Metadata } from './metadata.js'
import { readMetadata } from './metadata.js'
import { type ModelFile, readModel } from './model-file.js'
import { checkDevice, checkKeys, kindOf } from './options.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { checkSessionOptions, optionsOf, SESSION_OPTIONS } from './session-options.js'
import { nameOf, readSource, type Source } from './source.js'
import type { Verification } from './verification.js'

export interface LoadOptions extends SessionOptions {
  /**
   * One that is named runs every node of the file, or loading fails. `auto` takes the first that does: in Node `cuda`,
   * `cpu`, then `wasm`; in browsers `wasm`, and never `webgpu`, which is slower for all but large networks.
   */
  device?: 'auto' | SessionDevice
  /** Run the golden pair, and fail if the device computes other values. Default false. */
  verify?: boolean
}

type CreateSession = (bytes: Uint8Array, options: SessionOptions) => Promise<Session>

/** What Node and the browser each have of their own. */
export interface Platform {
  devices: Partial<Record<SessionDevice, CreateSession>>
  /** Those that `auto` tries, in this order. */
  auto: readonly SessionDevice[]
  /** Reads a path or a URL. */
  read: (location: string) => Promise<Uint8Array>
}

/** What runs a file. */
interface Loaded {
  verify(): Promise<Verification>
  dispose(): Promise<void>
}

/** How a kind of file is loaded. */
export interface Kind<M extends Metadata, L extends Loaded> {
  kind: M['kind']
  /** @throws TempocodeError `model` unless the graph takes and gives what its metadata say */
  check(model: ModelFile, metadata: M, file?: string): void
  create(session: Session, metadata: M): L
}

/** `createSession` of a platform. */
export async function openSession(
  platform: Platform,
  bytes: Uint8Array,
  device: SessionDevice,
  options: SessionOptions,
): Promise<Session> {
  checkKeys(options, SESSION_OPTIONS)
  checkDevice(device, Object.keys(platform.devices))
  checkSessionOptions(options, device)
  return platform.devices[device]!(bytes, options)
}

/** `loadEncoder` and `loadDecoder` of a platform. */
export async function openFile<M extends Metadata, L extends Loaded>(
  platform: Platform,
  source: Source,
  options: LoadOptions,
  { kind, check, create }: Kind<M, L>,
): Promise<L> {
  checkKeys(options, ['device', 'verify', ...SESSION_OPTIONS])
  const { device = 'auto', verify = false, ...sessionOptions } = options
  checkDevice(device, ['auto', ...Object.keys(platform.devices)])
  if (typeof verify !== 'boolean') {
    throw new TempocodeError('option', `verify is ${kindOf(verify)}; use true or false`)
  }
  checkSessionOptions(sessionOptions, device)

  const bytes = await readSource(source, platform.read)
  const file = nameOf(source)
  const model = readModel(bytes, file)
  const metadata = readMetadata(model.metadata, file)
  if (!isOf(kind, metadata)) {
    const message = `${file ?? 'the file'} is ${named(metadata.kind)}; ${named(kind)} is needed`
    throw new TempocodeError('model', message, { file })
  }
  check(model, metadata, file)
  const devices = device === 'auto' ? platform.auto : [device]
  const loaded = create(await firstSession(platform, devices, bytes, sessionOptions, file), metadata)
  try {
    if (verify) await prove(loaded, file)
  } catch (cause) {
    await loaded.dispose()
    throw cause
  }
  return loaded
}

const isOf = <M extends Metadata>(kind: M['kind'], metadata: Metadata): metadata is M =>
  metadata.kind === kind

const named = (kind: Metadata['kind']) => `${kind === 'encoder' ? 'an' : 'a'} ${kind}`

/** Opens the file on the first of the devices that runs it. A file that is wrong on one is wrong on all. */
async function firstSession(
  platform: Platform,
  devices: readonly SessionDevice[],
  bytes: Uint8Array,
  options: SessionOptions,
  file?: string,
): Promise<Session> {
  const failures: TempocodeError[] = []
  for (const device of devices) {
    try {
      return await openSession(platform, bytes, device, optionsOf(device, options))
    } catch (cause) {
      if (!(cause instanceof TempocodeError)) throw cause
      if (cause.code !== 'device') throw inFile(cause, cause.message, file)
      failures.push(cause)
    }
  }
  throw inFile(failures.at(-1)!, failures.map(({ message }) => message).join('; '), file)
}

const inFile = (cause: TempocodeError, message: string, file?: string) =>
  new TempocodeError(cause.code, prefix(file) + message, { ...cause.place, file }, { cause })

/** @throws TempocodeError `verification` unless the device computes the golden pair */
async function prove(loaded: Loaded, file?: string) {
  const { error, tolerance, device } = await loaded.verify()
  if (error <= tolerance) return
  const message = `${device} is off by ${error} of the golden output's largest value; ${tolerance} is allowed`
  throw new TempocodeError('verification', prefix(file) + message, { file })
}

const prefix = (file?: string) => (file ? `${file}: ` : '')
