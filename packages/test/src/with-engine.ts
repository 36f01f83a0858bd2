import { type FitOptions, openEngine } from '@tempocode/trainer'

export type Task = Parameters<typeof openEngine>[0]
export type Engine = Awaited<ReturnType<typeof openEngine>>
export type Batches = Parameters<Engine['train']>[0]

/** Which engine to test. */
export type Place = Required<Pick<FitOptions, 'engine' | 'device'>>

/** Opens an engine for some work. A warning, which tells of a fallback, is a failure. */
export async function withEngine<T>(
  { engine: name, device }: Place,
  task: Task,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(task, name, device, (warning) => {
    throw new Error(warning)
  })
  try {
    return await work(engine)
  } finally {
    await engine.dispose()
  }
}

export const lossesOf = async (engine: Engine, batches: Batches): Promise<number[]> =>
  (await engine.train(batches)).map(({ loss }) => loss)

export const weightsOf = (model: { getWeights(): { dataSync(): ArrayLike<number> }[] }): number[][] =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()))
