/**
 * What work gives, unless a signal fires before: then its reason. What ONNX Runtime has begun cannot be stopped; it goes
 * on, and nobody is told of what becomes of it.
 * @param discard gets what comes too late
 */
export function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => unknown = () => {},
): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason)
      work.then(discard, () => {})
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
