import { Pace } from '@tempocode/trainer'
import { useFastTfjs } from '@tempocode/trainer/node'
import { engineOf } from '../engine.js'
import type { Network } from '../rows.js'
import { THREADS } from '../system.js'
import { serve, type Trainee, timed } from './serve.js'

// Tempocode as `fit` uses it: the engine in its threads, and as many steps in a call as take 75 ms.

const device = process.argv[2] as 'cpu' | 'wasm'
await useFastTfjs()
await serve(prepare)

async function prepare(row: Network): Promise<Trainee> {
  const { train, close } = await engineOf(row, device, device === 'cpu' ? THREADS : 1)
  const pace = new Pace()
  return {
    async call() {
      const { steps } = pace
      return (await pace.measure(steps, () => timed(() => train(steps)))) / steps
    },
    close,
  }
}
