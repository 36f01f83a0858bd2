import type * as tf from '@tensorflow/tfjs'
import type { Value } from '../graph/graph.js'
import { add, concat, mul, reduceSum, reverse } from '../graph/ops.js'
import { type Cell, type CellResult, type CellRun, FAINT } from './cell.js'
import { type Lowering, type Signal, type TrainingContext, unsupported } from './lowering.js'
import { operatorOf, recurrentOperator } from './recurrent-operator.js'
import { type RecurrentOptions, recurrentOptions } from './recurrent-options.js'

/** A layer LSTM or GRU: a sequence, and the states to start from where they are given → the output, and the states. */
export function recurrentLayer(layer: tf.layers.Layer, cell: Cell): Lowering {
  const { returnSequences, returnState, goBackwards: backwards } = recurrentOptions(layer)
  const { type, options } = cell
  const states = type === 'LSTM' ? [options.units, options.units] : [options.units]
  return {
    parameters: cell.parameters,
    states: backwards ? undefined : states,

    inference([x, ...states], batch) {
      const initial = states.map(({ value }) => value)
      const { all, last } = recurrentOperator(
        operatorOf(cell, x.value.graph),
        x,
        { backwards, initial },
        batch,
      )
      // Keras gives a sequence that was read backwards in the order of reading.
      const sequence = backwards ? reverse(all, 0) : all
      const output = returnSequences ? { value: sequence, masked: x.masked } : { value: last[0] }
      return [output, ...last.map((value) => ({ value }))]
    },

    training([x, ...states], parameters, batch) {
      if (backwards && returnSequences)
        throw unsupported(layer, 'a sequence that is read backwards cannot be trained by ONNX')
      if (x.masked && returnState)
        throw unsupported(layer, 'the states of padded sequences cannot be trained by ONNX')
      const initial = states.length > 0 ? states.map(({ value }) => value) : undefined
      const run = { backwards, sequence: returnSequences, initial }
      const { output, last } = train(cell, x, parameters, run, batch)
      return [output, ...last.map((value) => ({ value }))]
    },
  }
}

/** Reads a sequence in both directions, each with a cell of its own; their outputs stand one after the other. */
export function bidirectional(layer: tf.layers.Layer, forwards: Cell, backwards: Cell): Lowering {
  const { returnSequences, returnState, mergeMode } = optionsOfBoth(layer)
  if (mergeMode !== 'concat')
    throw unsupported(layer, `mergeMode ${mergeMode} cannot be exported; use concat`)
  if (returnState) throw unsupported(layer, 'returnState cannot be exported')
  const cells = [forwards, backwards]
  return {
    parameters: cells.flatMap(({ parameters }) => parameters),

    inference([x], batch) {
      const results = cells.map((cell, i) =>
        recurrentOperator(operatorOf(cell, x.value.graph), x, { backwards: i === 1, initial: [] }, batch),
      )
      if (!returnSequences)
        return [
          {
            value: concat(
              results.map(({ last: [h] }) => h),
              1,
            ),
          },
        ]
      return [
        {
          value: concat(
            results.map(({ all }) => all),
            2,
          ),
          masked: x.masked,
        },
      ]
    },

    training([x], parameters, batch) {
      const cut = forwards.parameters.length
      const [first, second] = cells.map((cell, i) => {
        const own = i === 0 ? parameters.slice(0, cut) : parameters.slice(cut)
        return train(cell, x, own, { backwards: i === 1, sequence: returnSequences }, batch).output
      })
      const axis = returnSequences ? 1 : 0
      return [{ value: concat([first.value, second.value], axis), masked: first.masked }]
    },
  }
}

/** The layer that a Bidirectional's forward direction is, and what is its own. */
function optionsOfBoth(layer: tf.layers.Layer): RecurrentOptions & { mergeMode: unknown } {
  const { forwardLayer } = layer as unknown as { forwardLayer: tf.layers.Layer }
  return { ...recurrentOptions(forwardLayer), mergeMode: layer.getConfig().mergeMode }
}

/** Of a padded sequence that is not read backwards the last output is that of the last step before the padding. */
function train(
  cell: Cell,
  x: Signal,
  parameters: readonly Value[],
  run: CellRun,
  batch: TrainingContext,
): { output: Signal; last: CellResult['states'] } {
  const picked = x.masked && !run.sequence && !run.backwards
  const sequence = run.sequence || picked === true
  const { all, states } = cell.training(x, parameters, { ...run, sequence }, batch)
  if (run.sequence) return { output: { value: all as Value, masked: x.masked }, last: states }
  return { output: { value: picked ? lastOf(all as Value, batch) : states[0] }, last: states }
}

function lastOf(all: Value, { mask }: TrainingContext): Value {
  const { last, steps } = mask as NonNullable<typeof mask>
  const [value] = all.graph.block(
    [all],
    () => [reduceSum(mul(all, last), [0])],
    ([dy]) => [dy && mul(add(last, mul(steps, FAINT)), dy)],
  )
  return value
}
