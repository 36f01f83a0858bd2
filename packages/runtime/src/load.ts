import { TempocodeError } from '@tempocode/core'
import { Encoder } from './encoder.js'
import { type Metadata, readMetadata } from './metadata.js'
import { type ModelFile, readModel, type ValueInfo } from './model-file.js'
import { checkCount, checkDevice, checkKeys, kindOf } from './options.js'
import type { Session, SessionDevice, SessionOptions } from './session.js'
import { nameOf, readSource, type Source } from './source.js'

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

/** `loadEncoder` of a platform. */
export async function openEncoder(
  platform: Platform,
  source: Source,
  options: LoadOptions,
): Promise<Encoder> {
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
  checkGraph(model, metadata, file)
  const session = await firstSession(
    platform,
    device === 'auto' ? available : [device],
    bytes,
    { threads },
    file,
  )
  const encoder = new Encoder(session, metadata)
  try {
    if (verify) await prove(encoder, file)
  } catch (cause) {
    await encoder.dispose()
    throw cause
  }
  return encoder
}

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

/** @throws TempocodeError `model` unless the graph takes and gives what its metadata say */
function checkGraph(model: ModelFile, { window, columns, features }: Metadata, file?: string) {
  const check = (what: string, values: ValueInfo[], name: string, sizes: number[]) => {
    const [value] = values
    const [batch, ...rest] = value?.dims ?? []
    // A symbolic length fits any: encoders of recurrent layers take windows of any time.
    const fits =
      typeof batch === 'string' &&
      rest.length === sizes.length &&
      rest.every(
        (length, i) => length === sizes[i] || (typeof length === 'string' && what === 'input' && i === 0),
      )
    if (values.length === 1 && value.name === name && value.type === 'float32' && fits) return
    const found = values.map(describe).join(' and ') || 'missing'
    const due = describe({ name, type: 'float32', dims: ['batch', ...sizes] })
    const message = `its ${what} is ${found}; by its metadata it must be ${due}`
    throw new TempocodeError('model', prefix(file) + message, { file })
  }
  check('input', model.inputs, 'input', [window, columns.length])
  check('output', model.outputs, 'features', [features])
}

/** @throws TempocodeError `verification` unless the device computes the golden pair */
async function prove(encoder: Encoder, file?: string) {
  const { error, tolerance, device } = await encoder.verify()
  if (error <= tolerance) return
  const message = `${device} is off by ${error} of the golden output's largest value; ${tolerance} is allowed`
  throw new TempocodeError('verification', prefix(file) + message, { file })
}

const describe = ({ name, type, dims = ['…'] }: ValueInfo) => `${name}: ${type}[${dims.join(', ')}]`

const prefix = (file?: string) => (file ? `${file}: ` : '')
