import { activations } from '../graph/activations.js'
import { flattenTime, sumTo } from '../graph/gradients.js'
import type { Value } from '../graph/graph.js'
import { scan } from '../graph/loops.js'
import { add, concat, gemm, identity, matMul, mul, reduceSum, split, transpose } from '../graph/ops.js'
import type { BatchContext, Signal } from './lowering.js'
import type { LstmOptions } from './lstm.js'

interface LstmWeights {
  /** [4 · units, inputs], gates in ONNX's order: input, output, forget, cell. */
  w: Value
  /** [4 · units, units] */
  r: Value
  /** [4 · units, 1] */
  b?: Value
}

/** What the forward pass keeps of all steps, [time, …, batch] each. */
interface Kept {
  /** The gates i, o and f, [time, 3 · units, batch]. */
  s: Value
  g: Value
  /** φ(c) */
  phi: Value
  /** c and h of the step before. */
  cBefore: Value
  hBefore: Value
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
  { zeros }: BatchContext,
): Value {
  const { units, returnSequences } = options
  const sigma = activations[options.recurrentActivation]
  const phi = activations[options.activation]
  const { graph } = x.value
  let kept: Kept

  const forward = (): [Value] => {
    const projected = withBias(x.repeat ? gemm(w, x.value) : matMul(w, x.value), b)
    const clock = graph.constant(new Float32Array(x.repeat ?? 0), [x.repeat ?? 0, 1])
    const { state, kept: sequences } = scan(
      { name: 'lstm', state: [zeros(units), zeros(units)], sequences: [x.repeat ? clock : projected] },
      ([hBefore, cBefore], [step]) => {
        const z = gemm(r, hBefore, x.repeat ? projected : step)
        const [zGates, zCell] = split(z, [3 * units, units], 0)
        const s = sigma.apply(zGates)
        const g = phi.apply(zCell)
        const [i, o, f] = split(s, [units, units, units], 0)
        const c = add(mul(f, cBefore), mul(i, g))
        const phiC = phi.apply(c)
        const h = mul(o, phiC)
        const all = returnSequences ? [identity(h)] : []
        return { state: [h, c], keep: [s, g, phiC, identity(cBefore), identity(hBefore), ...all] }
      },
    )
    const [s, g, phiC, cBefore, hBefore, all] = sequences
    kept = { s, g, phi: phiC, cBefore, hBefore }
    return [returnSequences ? all : state[0]]
  }

  /**
   * Back-propagation through time. With dh the sum of what comes from the output and from the step after,
   *
   *     dc = dh ⊙ o ⊙ φ′(c) + f₊ ⊙ dc₊
   *     dz = [dc, dh, dc, dc] ⊙ [g ⊙ i′, φ(c) ⊙ o′, c₋ ⊙ f′, i ⊙ g′]        dh₋ = Rᵀ dz
   *     dW = Σ dz xᵀ     dR = Σ dz h₋ᵀ     db = Σ dz     dx = Wᵀ dz
   *
   * where y′ is the derivative of the activation that gave y. All that does not need the step after is computed for
   * all steps at once; so the loop is left with seven nodes.
   */
  const backward = ([dy]: readonly (Value | undefined)[], [wantsX]: readonly boolean[]) => {
    const { s, g, cBefore, hBefore } = kept
    const [i, o, f] = split(s, [units, units, units], 1)
    const a = mul(o, phi.derivative(kept.phi))
    const k = mul(concat([g, kept.phi, cBefore, i], 1), concat([sigma.derivative(s), phi.derivative(g)], 1))
    const start = returnSequences ? zeros(units) : (dy as Value)
    const {
      kept: [dz],
    } = scan(
      {
        name: 'lstm_gradient',
        state: [start, zeros(units)],
        sequences: [a, k, f, ...(returnSequences ? [dy as Value] : [])],
        reverse: true,
      },
      ([dhAfter, dcAfter], [a, k, f, dy]) => {
        const dh = dy ? add(dhAfter, dy) : dhAfter
        const dc = add(mul(dh, a), dcAfter)
        const dz = mul(concat([dc, dh, dc, dc], 0), k)
        return { state: [gemm(r, dz, undefined, { transA: 1 }), mul(dc, f)], keep: [dz] }
      },
    )
    const flat = flattenTime(dz)
    const dr = gemm(flat, flattenTime(hBefore), undefined, { transB: 1 })
    if (x.repeat) {
      const sum = reduceSum(dz, [0])
      const dx = wantsX ? gemm(w, sum, undefined, { transA: 1 }) : undefined
      return [dx, gemm(sum, x.value, undefined, { transB: 1 }), dr, b && sumTo(b, sum)]
    }
    const dx = wantsX ? matMul(transpose(w, [1, 0]), dz) : undefined
    return [dx, gemm(flat, flattenTime(x.value), undefined, { transB: 1 }), dr, b && sumTo(b, flat)]
  }

  const [h] = graph.block(b ? [x.value, w, r, b] : [x.value, w, r], forward, backward)
  return h
}

const withBias = (product: Value, b: Value | undefined) => (b ? add(product, b) : product)
