import { type ErrorCode, type Place, TempocodeError } from '@tempocode/core'
import type { Tensor } from '../session.js'
import type { Workspace } from '../workspace.js'

// A workspace in another thread: each call is a message there and a message back.

/** One end of the line between two threads; Node's and the browser's ports differ. */
export interface Port {
  post(message: unknown, transfer: ArrayBuffer[]): void
  onMessage(listener: (message: unknown) => unknown): void
}

interface Call {
  id: number
  method: keyof Workspace
  args: unknown[]
}

type Reply = { id: number; result: unknown } | { id: number; error: PlainError }

/** An error as it crosses threads, where classes are lost. */
interface PlainError {
  message: string
  code?: ErrorCode
  place?: Place
}

/** In the worker: answers calls by a workspace. */
export function serve(port: Port, workspace: Workspace): void {
  const answer = async ({ id, method, args }: Call) => {
    try {
      const call = workspace[method] as (...args: unknown[]) => Promise<unknown>
      const result = await call.apply(workspace, args)
      port.post({ id, result } satisfies Reply, buffersOf(result))
    } catch (cause) {
      const { message, code, place } = cause as TempocodeError
      port.post({ id, error: { message, code, place } } satisfies Reply, [])
    }
  }
  port.onMessage((call) => answer(call as Call))
}

/**
 * Here: a workspace whose calls are answered at the other end.
 * @param end ends the other end, when the workspace is closed
 * @param onEnd is called once, when it has ended
 * @returns also `fail`, which says that it has ended: all calls that are waiting and to come reject
 */
export function connect(
  port: Port,
  end: () => Promise<void>,
  onEnd: () => void,
): { workspace: Workspace; fail: (cause: Error) => void } {
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (cause: Error) => void }>()
  let calls = 0
  let failed: Error | undefined
  port.onMessage((message) => {
    const reply = message as Reply
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) call?.reject(toError(reply.error))
    else call?.resolve(reply.result as never)
  })
  const ask = <T>(method: keyof Workspace, ...args: unknown[]) =>
    new Promise<T>((resolve, reject) => {
      if (failed) return reject(failed)
      waiting.set(++calls, { resolve, reject })
      port.post({ id: calls, method, args } satisfies Call, [])
    })
  return {
    workspace: {
      load: (...args) => ask('load', ...args),
      put: (...args) => ask('put', ...args),
      get: (...args) => ask('get', ...args),
      run: (...args) => ask('run', ...args),
      runTogether: (...args) => ask('runTogether', ...args),
      close: () => ask<void>('close').finally(end),
    },
    fail(cause) {
      if (failed) return
      failed = cause
      onEnd()
      for (const { reject } of waiting.values()) reject(failed)
      waiting.clear()
    },
  }
}

const toError = ({ message, code, place }: PlainError): Error =>
  code ? new TempocodeError(code, message, place) : new Error(message)

/** The memory of a result's tensors, which moves to the other thread instead of being copied. */
function buffersOf(result: unknown): ArrayBuffer[] {
  const results = (Array.isArray(result) ? result : [result ?? {}]) as Record<string, Tensor>[]
  const tensors = results.flatMap((tensors) => Object.values(tensors))
  return [...new Set(tensors.map(({ data }) => data.buffer as ArrayBuffer))]
}
