import { activations } from '../graph/activations.js'
import { sumsOfProducts, sumTo } from '../graph/gradients.js'
import type { Backward, Value } from '../graph/graph.js'
import { scan, scanBlocks } from '../graph/loops.js'
import {
  add,
  concat,
  gemm,
  identity,
  matMul,
  mul,
  reduceSum,
  reshape,
  split,
  transpose,
} from '../graph/ops.js'
import { fixed } from '../graph/shapes.js'
import {
  blockSize,
  type CellOptions,
  type CellResult,
  type CellRun,
  FAINT,
  PADDING,
  paddingBias,
  withBefore,
} from './cell.js'
import type { Signal, TrainingContext } from './lowering.js'

interface LstmWeights {
  /** [4 · units, inputs], gates in ONNX's order: input, output, forget, cell. */
  w: Value
  /** [4 · units, units] */
  r: Value
  /** [4 · units, 1] */
  b?: Value
}

/** What one step, or all steps at once, computed, as far as gradients need it. */
interface Computed {
  i: Value
  o: Value
  f: Value
  g: Value
  /** f ⊙ c₋ */
  fc: Value
  /** i ⊙ g */
  ig: Value
  /** φ(c) */
  phiC: Value
  h: Value
}

const LARGE = 128 // units

/**
 * An LSTM over a batch (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000), features first.
 * σ is the recurrent activation and φ the activation; at each step
 *
 *     i, o, f = σ(W x + R h₋ + b)      g = φ(W x + R h₋ + b)
 *     c = f ⊙ c₋ + i ⊙ g               h = o ⊙ φ(c)
 *
 * Only R h₋ needs the step before: W x + b of all steps is one product outside the loop, and where all steps have the
 * same x, that of one step.
 *
 * Read backwards, a padded sequence starts with its padding: there i is 0, so that c and h stay zeros.
 */
export function lstmCell(
  x: Signal,
  { w, r, b }: LstmWeights,
  { units, activation, recurrentActivation }: CellOptions,
  { backwards, sequence, initial }: CellRun,
  batch: TrainingContext,
): CellResult {
  const sigma = activations[recurrentActivation]
  const phi = activations[activation]
  const { graph } = x.value
  // In a batch of one window, a vector is as well a row, and ONNX Runtime is much faster (on wasm ten times) to multiply
  // a row by a matrix than a matrix by a vector. So the loops then have rows, and Rᵀ in the place of R.
  const isSingle = x.value.shape.at(-1) === 1
  const turned = (vectors: Value) => (isSingle ? swapAxes(vectors) : vectors)
  const gateAxis = isSingle ? 1 : 0
  const product = (matrix: Value, transposed: Value, vector: Value, plus?: Value) =>
    isSingle ? gemm(vector, transposed, plus) : gemm(matrix, vector, plus)
  const [rT, wT] = [transpose(r, [1, 0]), transpose(w, [1, 0])]
  const zeros = turned(batch.zeros(units))
  const [h0, c0] = initial?.map(turned) ?? [zeros, zeros]
  // With a last row of ones under x, the bias is a last column of W, and its gradient comes with dW.
  const joined = b && !x.repeat && batch.training
  const [wb, x1] = joined ? [concat([w, b], 1), withOnes(x.value, batch)] : [w, x.value]
  const project = () => {
    if (x.repeat) return product(w, wT, turned(x.value), b && turned(b))
    const all = matMul(wb, x1)
    const projected = b && !joined ? add(all, b) : all
    const padded = x.masked && backwards
    return turned(padded ? add(projected, paddingBias(batch, -PADDING, [units, 3 * units])) : projected)
  }
  /** What back-propagation multiplies dh by to get dc, and [dc, dh, dc, dc] by to get dz. */
  const factors = ({ i, o, f, g, fc, ig, phiC, h }: Computed, cBefore: Value, gateAxis: number) => {
    const [ki, ko] = [sigma.backward(g, i, ig), sigma.backward(phiC, o, h)]
    const [kf, kg] = [sigma.backward(cBefore, f, fc), phi.backward(i, g, ig)]
    return [phi.backward(o, phiC, h), concat([ki, ko, kf, kg], gateAxis)]
  }
  // In large layers they are computed step by step, while all is in the cache; in small ones for many steps at once,
  // because each node takes its time, too: there h is not kept, but made anew of o and φ(c).
  const stepByStep = units >= LARGE
  let kept: readonly Value[]

  const forward = (): Value[] => {
    const projected = project()
    const clock = x.repeat ? graph.constant(new Float32Array(x.repeat), [x.repeat, 1]) : projected
    const { state, kept: sequences } = scan(
      { name: 'lstm', state: [h0, c0], sequences: [clock], reverse: backwards },
      ([hBefore, cBefore], [step]) => {
        const z = product(r, rT, hBefore, x.repeat ? projected : step)
        const [zGates, zCell] = split(z, [3 * units, units], gateAxis)
        const [i, o, f] = split(sigma.apply(zGates), [units, units, units], gateAxis)
        const g = phi.apply(zCell)
        const fc = mul(f, cBefore)
        const ig = mul(i, g)
        const c = add(fc, ig)
        const phiC = phi.apply(c)
        const h = mul(o, phiC)
        if (!batch.training) return { state: [h, c], keep: sequence ? [identity(h)] : [] }
        if (!stepByStep) return { state: [h, c], keep: [f, i, o, g, fc, ig, phiC] }
        const more = factors({ i, o, f, g, fc, ig, phiC, h }, cBefore, gateAxis)
        return { state: [h, c], keep: [identity(h), f, ...more] }
      },
    )
    const [, , o, , , , phiC] = sequences
    kept = batch.training && !stepByStep ? [mul(o, phiC), ...sequences] : sequences
    return (sequence ? [kept[0], ...state] : [...state]).map(turned)
  }

  /**
   * Back-propagation through time. With dh the sum of what comes from the output and from the step after,
   *
   *     dc = dh ⊙ o ⊙ φ′(c) + f₊ ⊙ dc₊
   *     dz = [dc, dh, dc, dc] ⊙ [g ⊙ i′, φ(c) ⊙ o′, c₋ ⊙ f′, i ⊙ g′]        dh₋ = Rᵀ dz
   *     dW = Σ dz xᵀ     dR = Σ dz h₋ᵀ     db = Σ dz     dx = Wᵀ dz
   *
   * where y′ is the derivative of the activation that gave y.
   */
  const backward: Backward = (gradients, [wantsX]) => {
    const received = gradients.map((gradient) => gradient && turned(gradient))
    const [dy, dhLast, dcLast] = sequence ? received : [undefined, ...received]
    const [h, f, ...more] = kept
    const [, , , fc, ig] = more
    const cBefore = stepByStep ? undefined : withBefore(c0, add(fc, ig), backwards)
    const steps = fixed(h.shape[0])
    const faint = dhLast && mul(dhLast, FAINT)
    const wantsSteps = wantsX && !x.repeat
    const {
      state: [dh0, dc0],
      kept: [dxSteps],
      sums: [dr, ofInput],
    } = scanBlocks(
      {
        name: 'lstm_gradients',
        state: [dhLast ?? zeros, dcLast ?? zeros],
        sequences: [withBefore(h0, h, backwards), cBefore, dy, x.repeat ? undefined : x1, f, ...more],
        reverse: !backwards,
        size: stepByStep || isSingle ? steps : blockSize(steps, units),
      },
      (after, [hBefore, cBefore, dy, x1, f, ...more]) => {
        const ofSteps = (cBefore: Value) => {
          const [i, o, g, fc, ig, phiC] = more
          return factors({ i, o, f, g, fc, ig, phiC, h: mul(o, phiC) }, cBefore, gateAxis + 1)
        }
        const [a, k] = cBefore ? ofSteps(cBefore) : more
        const {
          state,
          kept: [dzSteps, ...dx],
        } = scan(
          { name: 'lstm_gradient', state: after, sequences: [a, k, f, dy], reverse: !backwards },
          ([dhAfter, dcAfter], [a, k, f, dy]) => {
            const added = dy ?? faint
            const dh = added ? add(dhAfter, added) : dhAfter
            const dc = add(mul(dh, a), dcAfter)
            const dz = mul(concat([dc, dh, dc, dc], gateAxis), k)
            return {
              state: [product(rT, r, dz), mul(dc, f)],
              keep: wantsSteps ? [dz, product(wT, w, dz)] : [dz],
            }
          },
        )
        const dz = turned(dzSteps)
        const products = sumsOfProducts(dz, [turned(hBefore), ...(x1 ? [x1] : [])])
        return { state, keep: dx, sums: x1 ? products : [...products, reduceSum(dz, [0])] }
      },
    )
    const ofStates = initial ? [turned(dh0), turned(dc0)] : []
    if (x.repeat) {
      const dx = wantsX ? turned(product(wT, w, turned(ofInput))) : undefined
      const dw = gemm(ofInput, x.value, undefined, { transB: 1 })
      return [dx, dw, dr, ...(b ? [sumTo(b, ofInput)] : []), ...ofStates]
    }
    const dwAndDb = b ? split(ofInput, [fixed(w.shape[1]), 1], 1) : [ofInput]
    return [wantsSteps ? turned(dxSteps) : undefined, dwAndDb[0], dr, ...dwAndDb.slice(1), ...ofStates]
  }

  const inputs = [x.value, w, r, ...(b ? [b] : []), ...(initial ?? [])]
  const results = graph.block(inputs, forward, backward)
  return sequence ? { all: results[0], states: results.slice(1) } : { states: results }
}

/** [.., n, 1] as [.., 1, n], or the other way round: the same elements. */
const swapAxes = (x: Value) => reshape(x, [...x.shape.slice(0, -2), x.shape.at(-1)!, x.shape.at(-2)!])

const withOnes = (x: Value, { ones }: TrainingContext) => concat([x, ones(fixed(x.shape[0]))], 1)
