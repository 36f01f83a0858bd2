const CALL = 75 // milliseconds

/**
 * How many steps to hand to the engine in one call: as many as take 75 ms, so that progress, signals and Ctrl-C get
 * through, and the cost of a call is spread over its steps. Results do not depend on it.
 */
export class Pace {
  steps = 1

  async measure<T>(steps: number, call: () => Promise<T>): Promise<T> {
    const begin = performance.now()
    const result = await call()
    const each = (performance.now() - begin) / steps
    this.steps = Math.max(1, Math.min(2 * this.steps, Math.floor(CALL / each)))
    await new Promise((resolve) => setTimeout(resolve)) // promises alone let no event through
    return result
  }
}
