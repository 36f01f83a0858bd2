const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Runs work that can be stopped: the first Ctrl-C asks it to end in good order, a second one leaves at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, stop)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of SIGNALS) process.off(name, stop)
  }
}
