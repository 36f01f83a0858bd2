import { createInterface } from 'node:readline'
import type { Network } from '../rows.js'
import type { Request, Timing } from '../system.js'

/** A row's network, ready to train or to encode. */
export interface Trainee {
  /** Makes one step or more. @returns milliseconds of a step */
  call(): Promise<number>
  close(): Promise<void>
}

/**
 * Answers the requests of a `System`. A row's first call is not counted, for it compiles and allocates; nor is a round's,
 * which brings back to the caches what other systems have driven out, but where it fills the round.
 */
export async function serve(prepare: (row: Network) => Promise<Trainee>): Promise<void> {
  let current: { name: string; trainee: Trainee } | undefined

  async function answer({ row, seconds }: Request): Promise<Timing> {
    const isNew = current?.name !== row.name
    if (current === undefined || isNew) {
      await current?.trainee.close()
      current = undefined // what fails from here on leaves nothing behind
      current = { name: row.name, trainee: await prepare(row) }
    }
    const first = await current.trainee.call()
    if (!isNew && first > 1000 * seconds) return { ms: [first] }
    const ms: number[] = []
    const end = performance.now() + 1000 * seconds
    do ms.push(await current.trainee.call())
    while (performance.now() < end)
    return { ms }
  }

  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(JSON.parse(line)).catch((cause: Error) => ({ error: cause.message }))
    process.stdout.write(`${JSON.stringify(reply)}\n`)
  }
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
