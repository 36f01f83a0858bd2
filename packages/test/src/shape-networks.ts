import { ActivityRegularization, ColumnDense, Crop, ReverseTime, Subtract } from '@tempocode/models'
import * as tf from '@tensorflow/tfjs'
import {
  COLUMNS,
  chains,
  decoder,
  dense,
  encodedBy,
  lstm,
  type Network,
  RECURRENT,
  reconstruction,
  repeat,
  WINDOW,
} from './network-parts.js'

const flatten = () => tf.layers.flatten({ name: 'flatten' })
const reshape = (name: string, steps: number, n: number) =>
  tf.layers.reshape({ name, targetShape: [steps, n] })
const reverse = () => new ReverseTime({ name: 'reverse' })
const dropout = (name: string) => tf.layers.dropout({ name, rate: 0.4 })
const sparse = (name: string) => new ActivityRegularization({ name, l1: 0.1 })

/** Layers that change a sequence's shape or order, drop its values or cost something, wherever they may stand. */
export const SHAPE_NETWORKS: Record<string, Network> = {
  'cropped, added, subtracted and joined': (input) => {
    const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
      layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor
    const join = (name: string, axis: number) => tf.layers.concatenate({ name, axis })
    const sequence = apply(lstm({ name: 'first', returnSequences: true }), input)
    const part = apply(new Crop({ name: 'part', rows: [1, -1], columns: [-3, -1] }), sequence)
    const row = apply(new Crop({ name: 'row', rows: [-2, -1], columns: [1, 3] }), sequence)
    const changes = apply(new Subtract({ name: 'changes' }), part, row)
    const other = apply(new Crop({ name: 'other', rows: [0, 1], columns: [0, 2] }), sequence)
    const again = apply(new Crop({ name: 'again', rows: [2] }), input)
    const both = apply(
      join('side_by_side', 2),
      apply(tf.layers.add({ name: 'sum' }), changes, again, row),
      again,
    )
    const longer = apply(join('one_after_the_other', 1), both, apply(join('wide', -1), row, other))
    const seen = apply(new ColumnDense({ name: 'view', units: 3 }), longer)
    const vectors = [lstm({ name: 'second' }), flatten()].map((layer) => apply(layer, seen))
    const code = apply(dense('code', 3), apply(join('vectors', -1), ...vectors))
    const repeated = apply(repeat(), code)
    const added = apply(tf.layers.add({ name: 'repeated_sum' }), repeated, apply(dense('deep', 3), repeated))
    const all = apply(join('repeated_join', 2), repeated, added)
    const last = apply(new Crop({ name: 'last', rows: [0, 4], columns: [0, 5] }), all)
    return apply(reconstruction(), apply(new ColumnDense({ name: 'rows', units: WINDOW }), last))
  },
  ...chains({
    'Flatten and Reshape': () => [
      lstm({ name: 'first', returnSequences: true }),
      flatten(),
      dense('code', 3),
      dense('expansion', 8),
      reshape('sequence', 4, 2),
      RECURRENT['GRU, reset after']({ name: 'last' }),
      repeat(),
      reconstruction(),
    ],
    'Flatten of a repeated code': () => [
      lstm({ name: 'encoder' }),
      repeat(),
      flatten(),
      dense('decoder', WINDOW * COLUMNS),
      reshape('reconstruction', WINDOW, COLUMNS),
    ],
    'a sequence as another one': () =>
      encodedBy(reshape('other', COLUMNS, WINDOW), lstm({ name: 'encoder' })),
    'reversed windows': () => encodedBy(reverse(), lstm({ name: 'encoder' })),
    'a reversed repeated code': () => [
      lstm({ name: 'encoder' }),
      repeat(),
      reverse(),
      decoder(),
      reconstruction(),
    ],
    'dropout everywhere': () => [
      dropout('of_windows'),
      lstm({ name: 'encoder' }),
      dropout('of_code'),
      repeat(),
      dropout('of_repeated'),
      decoder(),
      dropout('of_sequence'),
      reconstruction(),
    ],
    'L1 everywhere': () => [
      dense('embedding', 3),
      sparse('of_sequence'),
      lstm({ name: 'encoder' }),
      sparse('of_code'),
      repeat(),
      sparse('of_repeated'),
      decoder(),
      reconstruction(),
      sparse('of_output'),
    ],
  }),
}
