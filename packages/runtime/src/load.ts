import { TempocodeError } from '@tempocode/core'
import type { Metadata } from './metadata.js'
import { readMetadata } from './metadata.js'
import { type ModelFile, readModel } from './model-file.js'
import { checkCount, checkDevice, checkKeys, kindOf } from './options.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { nameOf, readSource, type Source } from './source.js'
import type { Verification } from './verification.js'

export interface LoadOptions extends SessionOptions {
  /** `auto` takes the first device that is available: `cpu`, then `wasm`. One that is named runs, or loading fails. */
  device?: 'auto' | SessionDevice
  /** Run the golden pair, and fail if the device computes other values. Default false. */
  verify?: boolean
}

type CreateSession = (bytes: Uint8Array, options: SessionOptions) => Promise<Session>

/** What Node and the browser each have of their own. */
export interface Platform {
  /** The devices, in the order in which `auto` tries them. */
  devices: Partial<Record<SessionDevice, CreateSession>>
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
  checkKeys(options, ['threads'])
  if (options.threads !== undefined) checkCount('threads', options.threads)
  checkDevice(device, Object.keys(platform.devices))
  return platform.devices[device]!(bytes, options)
}

/** `loadEncoder` and `loadDecoder` of a platform. */
export async function openFile<M extends Metadata, L extends Loaded>(
  platform: Platform,
  source: Source,
  options: LoadOptions,
  { kind, check, create }: Kind<M, L>,
): Promise<L> {
  checkKeys(options, ['device', 'verify', 'threads'])
  const { device = 'auto', verify = false, threads } = options
  const available = Object.keys(platform.devices) as SessionDevice[]
  checkDevice(device, ['auto', ...available])
  if (typeof verify !== 'boolean') {
    throw new TempocodeError('option', `verify is ${kindOf(verify)}; use true or false`)
  }
  if (threads !== undefined) checkCount('threads', threads)

  const bytes = await readSource(source, platform.read)
  const file = nameOf(source)
  const model = readModel(bytes, file)
  const metadata = readMetadata(model.metadata, file)
  if (!isOf(kind, metadata)) {
    const message = `${file ?? 'the file'} is Tempocode's ${metadata.kind}, and ${kind} is what is loaded`
    throw new TempocodeError('model', message, { file })
  }
  check(model, metadata, file)
  const devices = device === 'auto' ? available : [device]
  const loaded = create(await firstSession(platform, devices, bytes, { threads }, file), metadata)
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

/** Opens the file on the first of the devices that is available. A file that is wrong on one is wrong on all. */
async function firstSession(
  platform: Platform,
  devices: SessionDevice[],
  bytes: Uint8Array,
  options: SessionOptions,
  file?: string,
): Promise<Session> {
  const failures: TempocodeError[] = []
  for (const device of devices) {
    try {
      return await openSession(platform, bytes, device, options)
    } catch (cause) {
      if (!(cause instanceof TempocodeError)) throw cause
      failures.push(cause)
      if (cause.code !== 'device') break
    }
  }
  const cause = failures.at(-1)!
  const reasons = failures.map(({ message }) => message).join('; ')
  throw new TempocodeError(cause.code, prefix(file) + reasons, { file }, { cause })
}

/** @throws TempocodeError `verification` unless the device computes the golden pair */
async function prove(loaded: Loaded, file?: string) {
  const { error, tolerance, device } = await loaded.verify()
  if (error <= tolerance) return
  const message = `${device} is off by ${error} of the golden output's largest value; ${tolerance} is allowed`
  throw new TempocodeError('verification', prefix(file) + message, { file })
}

const prefix = (file?: string) => (file ? `${file}: ` : '')
