import { type ActivationName, activations } from '../graph/activations.js'
import { flattenTime, sumTo } from '../graph/gradients.js'
import type { Value } from '../graph/graph.js'
import { scan } from '../graph/loops.js'
import {
  add,
  concat,
  gemm,
  identity,
  matMul,
  mul,
  reduceSum,
  slice,
  split,
  transpose,
  unsqueeze,
} from '../graph/ops.js'
import { fixed } from '../graph/shapes.js'
import type { BatchContext, Signal } from './lowering.js'

export interface LstmOptions {
  units: number
  activation: ActivationName
  recurrentActivation: ActivationName
  returnSequences: boolean
}

interface LstmWeights {
  /** [4 · units, inputs], gates in ONNX's order: input, output, forget, cell. */
  w: Value
  /** [4 · units, units] */
  r: Value
  /** [4 · units, 1] */
  b?: Value
}

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
 * @returns h of all steps [time, units, batch], or of the last one [units, batch]
 */
export function lstmCell(
  x: Signal,
  { w, r, b }: LstmWeights,
  options: LstmOptions,
  batch: BatchContext,
): Value {
  const { units, returnSequences } = options
  const sigma = activations[options.recurrentActivation]
  const phi = activations[options.activation]
  const { graph } = x.value
  const zeros = batch.zeros(units)
  // With a last row of ones under x, the bias is a last column of W, and its gradient comes with dW.
  const [wb, x1] = b && !x.repeat ? [concat([w, b], 1), withOnes(x.value, batch)] : [w, x.value]
  let kept: readonly Value[]

  const forward = (): [Value] => {
    const projected = x.repeat ? gemm(w, x.value, b) : matMul(wb, x1)
    const clock = x.repeat ? graph.constant(new Float32Array(x.repeat), [x.repeat, 1]) : projected
    const { state, kept: sequences } = scan(
      { name: 'lstm', state: [zeros, zeros], sequences: [clock] },
      ([hBefore, cBefore], [step]) => {
        const z = gemm(r, hBefore, x.repeat ? projected : step)
        const [zGates, zCell] = split(z, [3 * units, units], 0)
        const [i, o, f] = split(sigma.apply(zGates), [units, units, units], 0)
        const g = phi.apply(zCell)
        const fc = mul(f, cBefore)
        const ig = mul(i, g)
        const c = add(fc, ig)
        const phiC = phi.apply(c)
        const h = mul(o, phiC)
        const all = returnSequences || batch.training ? [identity(h)] : []
        return { state: [h, c], keep: batch.training ? [...all, i, o, f, g, fc, ig, phiC] : all }
      },
    )
    kept = sequences
    return [returnSequences ? sequences[0] : state[0]]
  }

  /**
   * Back-propagation through time. With dh the sum of what comes from the output and from the step after,
   *
   *     dc = dh ⊙ o ⊙ φ′(c) + f₊ ⊙ dc₊
   *     dz = [dc, dh, dc, dc] ⊙ [g ⊙ i′, φ(c) ⊙ o′, c₋ ⊙ f′, i ⊙ g′]        dh₋ = Rᵀ dz
   *     dW = Σ dz xᵀ     dR = Σ dz h₋ᵀ     db = Σ dz     dx = Wᵀ dz
   *
   * where y′ is the derivative of the activation that gave y. The factors of dc and dh are computed for all steps at
   * once, so that the loop is left with seven nodes.
   */
  const backward = ([dy]: readonly (Value | undefined)[], [wantsX]: readonly boolean[]) => {
    const before = (states: Value) => concat([unsqueeze(zeros, 0), slice(states, 0, 0, -1)], 0)
    const [h, i, o, f, g, fc, ig, phiC] = kept
    const a = phi.backward(o, phiC, h)
    const k = concat(
      [
        sigma.backward(g, i, ig),
        sigma.backward(phiC, o, h),
        sigma.backward(before(add(fc, ig)), f, fc),
        phi.backward(i, g, ig),
      ],
      1,
    )
    const rT = transpose(r, [1, 0])
    const wT = transpose(w, [1, 0])
    const wantsSteps = wantsX && !x.repeat
    const {
      kept: [dz, dxSteps],
    } = scan(
      {
        name: 'lstm_gradient',
        state: [returnSequences ? zeros : (dy as Value), zeros],
        sequences: [a, k, f, ...(returnSequences ? [dy as Value] : [])],
        reverse: true,
      },
      ([dhAfter, dcAfter], [a, k, f, dy]) => {
        const dh = dy ? add(dhAfter, dy) : dhAfter
        const dc = add(mul(dh, a), dcAfter)
        const dz = mul(concat([dc, dh, dc, dc], 0), k)
        return { state: [gemm(rT, dz), mul(dc, f)], keep: wantsSteps ? [dz, gemm(wT, dz)] : [dz] }
      },
    )
    const flat = flattenTime(dz)
    const dr = gemm(flat, flattenTime(before(h)), undefined, { transB: 1 })
    if (x.repeat) {
      const sum = reduceSum(dz, [0])
      const dx = wantsX ? gemm(wT, sum) : undefined
      return [dx, gemm(sum, x.value, undefined, { transB: 1 }), dr, b && sumTo(b, sum)]
    }
    const dwb = gemm(flat, flattenTime(x1), undefined, { transB: 1 })
    const [dw, db] = b ? split(dwb, [fixed(w.shape[1]), 1], 1) : [dwb]
    return [dxSteps, dw, dr, db]
  }

  const [h] = graph.block(b ? [x.value, w, r, b] : [x.value, w, r], forward, backward)
  return h
}

const withOnes = (x: Value, { ones }: BatchContext) => concat([x, ones(fixed(x.shape[0]))], 1)
