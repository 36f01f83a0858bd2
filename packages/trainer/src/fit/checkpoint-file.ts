import { TempocodeError } from '@tempocode/core'
import { sha256 } from '../digest.js'
import type { TrainingState } from '../engines/engine.js'
import type { Checkpoint } from './checkpoint.js'

// A checkpoint as bytes, numbers little-endian:
//
//     8   "TEMPOCKP"
//     4   version of this format
//     4   length of the header
//    32   SHA-256 of all that follows
//         header: JSON; a state's tensors are given by their places in the list `lengths`
//         tensors: 32-bit floats, one tensor after the other

const MAGIC = new TextEncoder().encode('TEMPOCKP')
const VERSION = 1
const PREFIX = 48

type StoredState = { step: number; tensors: number[] }

interface Header extends Omit<Checkpoint, 'state' | 'best'> {
  state: StoredState
  best?: Omit<NonNullable<Checkpoint['best']>, 'state'> & { state: StoredState }
  /** Of all tensors. */
  lengths: number[]
}

export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array> {
  const places = new Map<Float32Array, number>() // the best state may be the last one: store it once
  const place = (tensor: Float32Array) => {
    const known = places.get(tensor) ?? places.size
    places.set(tensor, known)
    return known
  }
  const stored = ({ step, tensors }: TrainingState): StoredState => ({ step, tensors: tensors.map(place) })
  const { best, state, ...rest } = checkpoint
  const parts = { ...rest, state: stored(state), best: best && { ...best, state: stored(best.state) } }
  const tensors = [...places.keys()]
  const header: Header = { ...parts, lengths: tensors.map(({ length }) => length) }
  const json = new TextEncoder().encode(JSON.stringify(header))

  const size = tensors.reduce((sum, { byteLength }) => sum + byteLength, json.length)
  const bytes = new Uint8Array(PREFIX + size)
  bytes.set(MAGIC)
  const view = new DataView(bytes.buffer)
  view.setUint32(8, VERSION, true)
  view.setUint32(12, json.length, true)
  bytes.set(json, PREFIX)
  let at = PREFIX + json.length
  for (const { buffer, byteOffset, byteLength } of tensors) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  bytes.set(await sha256(bytes.subarray(PREFIX)), 16)
  return bytes
}

/**
 * @param file named in errors
 * @throws TempocodeError `file` where the bytes are no checkpoint, of another version, damaged or not whole
 */
export async function decodeCheckpoint(bytes: Uint8Array, file = 'checkpoint'): Promise<Checkpoint> {
  const fail = (what: string): never => {
    throw new TempocodeError('file', `${file} ${what}`, { file })
  }
  if (bytes.length < PREFIX || MAGIC.some((byte, i) => bytes[i] !== byte)) fail('is not a checkpoint')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(8, true)
  if (version !== VERSION) fail(`is a checkpoint of version ${version}; this is for version ${VERSION}`)
  const digest = await sha256(bytes.subarray(PREFIX))
  if (digest.some((byte, i) => bytes[16 + i] !== byte)) fail('is damaged or not whole: its SHA-256 differs')

  try {
    return contentOf(bytes, PREFIX + view.getUint32(12, true))
  } catch (cause) {
    const message = `${file} does not hold what a checkpoint holds`
    throw new TempocodeError('file', message, { file }, { cause })
  }
}

/** @param start where the tensors start */
function contentOf(bytes: Uint8Array, start: number): Checkpoint {
  const json = new TextDecoder().decode(bytes.subarray(PREFIX, start))
  const { lengths, best, state, ...rest } = JSON.parse(json) as Header
  let at = start
  const tensors = lengths.map((length) => {
    const data = bytes.slice(at, at + 4 * length)
    at += 4 * length
    return new Float32Array(data.buffer)
  })
  if (at !== bytes.length) throw new RangeError(`${at} bytes are described, ${bytes.length} are there`)
  const loaded = ({ step, tensors: places }: StoredState) => ({
    step,
    tensors: places.map((i) => tensors[i]),
  })
  return { ...rest, state: loaded(state), best: best && { ...best, state: loaded(best.state) } }
}
