import { TempocodeError } from '@tempocode/core'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web'
import { checkFeeds, ELEMENT_TYPES, type InputSpec, isElementType } from './feeds.js'
import { Queue } from './queue.js'
import type { Session, SessionDevice, Tensor } from './session.js'

/** What all bindings of ONNX Runtime have in common, and all that is used of them. */
export type Binding = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor' | 'env'>

/**
 * Imports a binding when it is first needed.
 * @throws TempocodeError `device` if it is not installed or has no build for this machine
 */
export async function importBinding(device: SessionDevice, load: () => Promise<Binding>): Promise<Binding> {
  try {
    const binding = await load()
    binding.env.logLevel = 'fatal' // the environment, too, warns: of GPUs that it cannot read, for one
    return binding
  } catch (cause) {
    throw unavailable(device, cause)
  }
}

/**
 * Loads a model into a binding. What a GPU refuses, which has been found to have all the kernels, is its own doing.
 * @throws TempocodeError `model` if ONNX Runtime refuses the bytes, `device` if the binding does not start
 */
export async function loadSession(
  binding: Binding,
  device: SessionDevice,
  bytes: Uint8Array,
  options: InferenceSession.SessionOptions = {},
): Promise<Session> {
  let session: InferenceSession
  try {
    session = await binding.InferenceSession.create(bytes, {
      executionProviders: [device],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4, // what goes wrong is thrown; it need not be printed too
      ...options,
    })
  } catch (cause) {
    if (isGpu(device) || /^no available backend found/.test(reason(cause))) throw unavailable(device, cause)
    throw new TempocodeError('model', `${device} cannot load the model: ${reason(cause)}`, {}, { cause })
  }
  const unfit = [...session.inputMetadata, ...session.outputMetadata].find((value) => !isUsable(value))
  if (unfit) {
    await session.release()
    const type = unfit.isTensor ? unfit.type : 'no tensor'
    const message = `"${unfit.name}" of the model is ${type}; use ${ELEMENT_TYPES.join(', ')}`
    throw new TempocodeError('model', message)
  }
  return new OrtSession(binding, device, session)
}

const isGpu = (device: SessionDevice) => device === 'cuda' || device === 'webgpu'

const isUsable = (
  value: InferenceSession.ValueMetadata,
): value is InferenceSession.TensorValueMetadata & InputSpec => value.isTensor && isElementType(value.type)

class OrtSession implements Session {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly #inputs: readonly InputSpec[]
  readonly #queue = new Queue()
  #release: Promise<void> | undefined

  constructor(
    private readonly binding: Binding,
    readonly device: SessionDevice,
    private readonly session: InferenceSession,
  ) {
    this.inputs = session.inputNames
    this.outputs = session.outputNames
    this.#inputs = session.inputMetadata.filter(isUsable)
  }

  async run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
    if (this.#release) throw new TempocodeError('device', 'the session is released; create another one')
    checkFeeds(feeds, this.#inputs)
    return this.#queue.add(() => this.#run(feeds))
  }

  release(): Promise<void> {
    this.#release ??= this.#queue.add(() => this.session.release())
    return this.#release
  }

  async #run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
    const inputs: Record<string, OrtTensor> = {}
    for (const { name, type } of this.#inputs) {
      inputs[name] = new this.binding.Tensor(type, feeds[name].data, feeds[name].shape)
    }
    try {
      const outputs = await this.session.run(inputs)
      return Object.fromEntries(this.outputs.map((name) => [name, fromOrt(outputs[name])]))
    } catch (cause) {
      throw new TempocodeError(
        'device',
        `${this.device} cannot run the graph: ${reason(cause)}`,
        {},
        { cause },
      )
    }
  }
}

/** Loading has made sure that every output is of a type that a `Tensor` can hold. */
const fromOrt = ({ data, dims }: OrtTensor): Tensor => ({ data: data as Tensor['data'], shape: dims })

const unavailable = (device: SessionDevice, cause: unknown) =>
  new TempocodeError('device', `device "${device}" is not available: ${reason(cause)}`, {}, { cause })

const reason = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
