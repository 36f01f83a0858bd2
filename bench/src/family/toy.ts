import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bench } from '../paths.js'
import { pythonWithPeers } from '../python.js'
import { Missing } from './data.js'
import { forSeeds, type Plan } from './plan.js'
import { type Line, measureOf, type Shown } from './results.js'
import { EPOCHS, TOYS, type ToyName, type ToyRun, trainToy } from './toy-network.js'

const SHOWN_EPOCHS = [1, 5, 10, 15, 20, 30, 50, 100, 300]
const NAMES = Object.keys(TOYS) as ToyName[]

/** The toy beside Keras, and whether relu lowers its loss early. */
export async function toy({ toySeeds }: Plan): Promise<Shown> {
  const runs: Record<string, ToyRun[]> = {}
  for (const name of NAMES) {
    for (const activation of ['relu', 'tanh'] as const) {
      runs[`${name}, ${activation}`] = await forSeeds(toySeeds, (seed) => trainToy(name, activation, seed))
    }
  }
  const keras = await kerasErrors(toySeeds)
  const heads = NAMES.flatMap((name) => TOYS[name].map((head, i) => ({ name, head, i })))
  const errors = heads.map(({ name, head, i }): Line => {
    const ours = measureOf(runs[`${name}, relu`].map(({ errors }) => errors[i]))
    const theirs = measureOf(keras[name].map((errors) => errors[i]))
    const line = name === 'composite' ? `composite: ${head}` : name
    return { name: line, cells: { ours, Keras: theirs, 'ours ÷ Keras': ours.median / theirs.median } }
  })
  const losses = Object.entries(runs).map(([name, runs]) => ({
    name,
    cells: Object.fromEntries(
      SHOWN_EPOCHS.map((epoch) => [`epoch ${epoch}`, measureOf(runs.map(({ losses }) => losses[epoch - 1]))]),
    ),
  }))
  return {
    protocol:
      `The sequence 0.1, 0.2 … 0.9: LSTM(100) encoder and decoders, Adam (learning rate 0.001, ε 1e-7, no clipping), mse, ` +
      `${EPOCHS} epochs of one window, the last weights; ${toySeeds} seeds. Keras's and ours are the same but for the seeds' ` +
      'initial weights and where ε stands in Adam. Largest error: of a sequence’s values, the absolute one.',
    tables: [
      { title: 'largest error, relu', shows: 'median and range', lines: errors },
      { title: 'loss before the epoch’s update', shows: 'median', lines: losses },
    ],
    checks: errors.map(({ name, cells }) => ({
      what: `${name}: median of the largest error, ours ÷ Keras's`,
      value: cells['ours ÷ Keras'] as number,
      atMost: 1.1,
    })),
  }
}

/** By network and seed: the largest error of each head. */
async function kerasErrors(seeds: number): Promise<Record<ToyName, number[][]>> {
  const python = await pythonWithPeers()
  if ('missing' in python) throw new Missing(`no Keras to compare with: ${python.missing}`)
  const script = join(bench, 'src', 'family', 'keras_toy.py')
  const { stdout } = await promisify(execFile)(
    python.path,
    [script, JSON.stringify({ seeds, epochs: EPOCHS })],
    { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } },
  )
  return JSON.parse(stdout)
}
