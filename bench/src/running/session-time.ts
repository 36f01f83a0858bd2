import { InferenceSession } from 'onnxruntime-node'

// Loaded before a command: counts the time within ONNX Runtime's sessions, and tells at the end what the process took.

/** The last line that the process prints. */
export interface ProcessCost {
  /** Since the process's start. */
  seconds: number
  sessionSeconds: number
  /** The most memory that it had, in megabytes (10⁶ bytes). */
  megabytes: number
  /** Of all its threads. */
  cpuSeconds: number
}

let ms = 0
const { create } = InferenceSession as unknown as {
  create: (...args: unknown[]) => Promise<InferenceSession>
}
const timed = async (...args: unknown[]): Promise<InferenceSession> => {
  const session = await create.apply(InferenceSession, args)
  const run = session.run.bind(session)
  session.run = async (feeds: InferenceSession.FeedsType) => {
    const begin = performance.now()
    const outputs = await run(feeds)
    ms += performance.now() - begin
    return outputs
  }
  return session
}
Object.assign(InferenceSession, { create: timed })

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const cost: ProcessCost = {
    seconds: performance.now() / 1000,
    sessionSeconds: ms / 1000,
    megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
    cpuSeconds: (user + system) / 1e6,
  }
  console.log(JSON.stringify(cost))
})
