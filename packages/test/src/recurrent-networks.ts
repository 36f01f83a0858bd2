import type * as tf from '@tensorflow/tfjs'
import {
  bothWays,
  chain,
  chains,
  dense,
  encodedBy,
  type Layer,
  lstm,
  masking,
  type Network,
  RECURRENT,
  type RecurrentLayer,
  reconstruction,
  repeat,
  unmask,
} from './network-parts.js'

/** Of each recurrent layer every option, direction and kind of padding, and states that are handed on. */
export const RECURRENT_NETWORKS: Record<string, Network> = {
  ...Object.fromEntries(
    Object.entries(RECURRENT).flatMap(([kind, layer]) =>
      Object.entries(networksOf(layer)).map(([name, network]) => [`${kind}: ${name}`, network] as const),
    ),
  ),
  'the second state of an LSTM as the code': (x) => {
    const [, , c] = lstm({ name: 'encoder', returnState: true }).apply(x) as tf.SymbolicTensor[]
    return chain(encodedBy(), c)
  },
}

function networksOf(layer: RecurrentLayer): Record<string, Network> {
  const both = (options: Parameters<RecurrentLayer>[0] | object) => (): Layer[] => [
    layer({ ...options, name: 'encoder' }),
    repeat(),
    layer({ ...options, name: 'decoder', returnSequences: true }),
    reconstruction(),
  ]
  const encoder = (options: object = {}) => layer({ name: 'encoder', ...options })
  return {
    ...chains({
      hardSigmoid: both({ recurrentActivation: 'hardSigmoid' }),
      'hardSigmoid, relu': both({ recurrentActivation: 'hardSigmoid', activation: 'relu' }),
      sigmoid: both({ activation: 'sigmoid' }),
      'no biases': both({ useBias: false }),
      backwards: () => encodedBy(encoder({ goBackwards: true })),
      'masked, backwards': () => encodedBy(masking(), encoder({ goBackwards: true }), unmask()),
      'masked, after Dense': () => encodedBy(masking(), dense('embedding', 3), encoder(), unmask()),
      'masked to the end': () => [masking(), encoder({ returnSequences: true }), reconstruction()],
      'both ways, no biases': () => encodedBy(bothWays(encoder({ useBias: false }))),
      'both ways, masked to the end': () => [
        masking(),
        bothWays(encoder({ returnSequences: true })),
        reconstruction(),
      ],
      'both ways, a repeated code': () => [
        encoder(),
        repeat(),
        bothWays(layer({ name: 'decoder', returnSequences: true })),
        reconstruction(),
      ],
    }),
    'states handed on': (x) => {
      const first = layer({ name: 'first', returnState: true, returnSequences: true })
      const [sequence, ...states] = first.apply(x) as tf.SymbolicTensor[]
      const second = encoder({ goBackwards: true }).apply(sequence, { initialState: states })
      const repeated = repeat().apply(second as tf.SymbolicTensor) as tf.SymbolicTensor
      const decoder = layer({ name: 'decoder', returnSequences: true })
      const decoded = decoder.apply(repeated, { initialState: states }) as tf.SymbolicTensor
      return chain([reconstruction()], decoded)
    },
  }
}
