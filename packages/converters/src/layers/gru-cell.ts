import { activations } from '../graph/activations.js'
import { sumsOfProducts } from '../graph/gradients.js'
import type { Backward, Value } from '../graph/graph.js'
import { scan } from '../graph/loops.js'
import { add, concat, gemm, identity, matMul, mul, reduceSum, split, sub, transpose } from '../graph/ops.js'
import {
  type CellOptions,
  type CellResult,
  type CellRun,
  FAINT,
  PADDING,
  paddingBias,
  withBefore,
} from './cell.js'
import type { Signal, TrainingContext } from './lowering.js'

interface GruWeights {
  /** [3 · units, inputs], gates in the order update, reset, new. */
  w: Value
  /** [3 · units, units] */
  r: Value
  /** [3 · units, 1], with `resetAfter` [6 · units, 1]: of W x, then of R h. */
  b?: Value
}

/**
 * A GRU over a batch (Cho et al. 2014), features first. σ is the recurrent activation and φ the activation; at each step
 *
 *     z, r = σ(W x + R h₋ + b)
 *     n = φ(W x + R (r ⊙ h₋) + b)                 or, reset after the product (Keras's default, cuDNN),
 *     n = φ(W x + b + r ⊙ (R h₋ + b′))
 *     h = (1 − z) ⊙ n + z ⊙ h₋
 *
 * W x + b of all steps is one product outside the loop, and where all steps have the same x, that of one step. In the
 * padding of a sequence that is read backwards z is 1, so that h stays as it is.
 */
export function gruCell(
  x: Signal,
  { w, r, b }: GruWeights,
  { units, activation, recurrentActivation, resetAfter }: CellOptions & { resetAfter: boolean },
  { backwards, sequence, initial }: CellRun,
  batch: TrainingContext,
): CellResult {
  const sigma = activations[recurrentActivation]
  const phi = activations[activation]
  const { graph } = x.value
  const zeros = batch.zeros(units)
  const [h0] = initial ?? [zeros]
  const [rGates, rNew] = split(r, [2 * units, units], 0)
  const [bInput, bState] = b && resetAfter ? split(b, [3 * units, 3 * units], 0) : [b]
  const project = () => {
    if (x.repeat) return gemm(w, x.value, bInput)
    const product = matMul(w, x.value)
    const projected = bInput ? add(product, bInput) : product
    return x.masked && backwards ? add(projected, paddingBias(batch, PADDING, [units, 2 * units])) : projected
  }

  let kept: readonly Value[]
  const forward = (): Value[] => {
    const projected = project()
    const clock = x.repeat ? graph.constant(new Float32Array(x.repeat), [x.repeat, 1]) : projected
    const { state, kept: sequences } = scan(
      { name: 'gru', state: [h0], sequences: [clock], reverse: backwards },
      ([hBefore], [step]) => {
        const [aGates, aNew] = split(x.repeat ? projected : step, [2 * units, units], 0)
        const q = resetAfter ? gemm(r, hBefore, bState) : gemm(rGates, hBefore)
        const [qGates, qNew] = resetAfter ? split(q, [2 * units, units], 0) : [q, undefined]
        const [z, reset] = split(sigma.apply(add(aGates, qGates)), [units, units], 0)
        const n = phi.apply(add(aNew, qNew ? mul(reset, qNew) : gemm(rNew, mul(reset, hBefore))))
        const h = add(n, mul(z, sub(hBefore, n)))
        if (!batch.training) return { state: [h], keep: sequence ? [identity(h)] : [] }
        return { state: [h], keep: [identity(h), z, reset, n, ...(qNew ? [identity(qNew)] : [])] }
      },
    )
    kept = sequences
    return sequence ? [sequences[0], ...state] : [...state]
  }

  /**
   * Back-propagation through time. With dh the sum of what comes from the output and from the step after, and y′ the
   * derivative of the activation that gave y,
   *
   *     dn = (1 − z) ⊙ dh ⊙ n′        dz = (h₋ − n) ⊙ dh ⊙ z′
   *     dr = ds ⊙ h₋ ⊙ r′ with ds = Rₙᵀ dn        dh₋ = z ⊙ dh + r ⊙ ds + Rᵀ [dz, dr]        or, reset after,
   *     dr = dn ⊙ (Rₙ h₋ + b′) ⊙ r′               dh₋ = z ⊙ dh + Rᵀ [dz, dr, r ⊙ dn]
   *     dW = Σ [dz, dr, dn] xᵀ     dx = Wᵀ [dz, dr, dn]
   *     dR = Σ [dz, dr] h₋ᵀ and Σ dn (r ⊙ h₋)ᵀ    or, reset after,    Σ [dz, dr, r ⊙ dn] h₋ᵀ
   */
  const backward: Backward = (gradients, [wantsX]) => {
    const [dy, dhLast] = sequence ? gradients : [undefined, ...gradients]
    const [h, z, reset, n, qNew] = kept
    const hBefore = withBefore(h0, h, backwards)
    const wT = transpose(w, [1, 0])
    const [rT, rGatesT, rNewT] = [r, rGates, rNew].map((matrix) => transpose(matrix, [1, 0]))
    const faint = dhLast && mul(dhLast, FAINT)
    const toNew = phi.backward(sub(1, z), n)
    const toUpdate = sigma.backward(sub(hBefore, n), z)
    const toReset = sigma.backward(qNew ?? hBefore, reset)
    const {
      state: [dh0],
      kept: [da, dq = da],
    } = scan(
      {
        name: 'gru_gradient',
        state: [dhLast ?? zeros],
        sequences: [toNew, toUpdate, toReset, z, reset, ...(dy ? [dy] : [])],
        reverse: !backwards,
      },
      ([dhAfter], [toNew, toUpdate, toReset, z, reset, dy]) => {
        const added = dy ?? faint
        const dh = added ? add(dhAfter, added) : dhAfter
        const dn = mul(dh, toNew)
        const dz = mul(dh, toUpdate)
        const carried = mul(dh, z)
        if (resetAfter) {
          const dr = mul(dn, toReset)
          const dq = concat([dz, dr, mul(dn, reset)], 0)
          return { state: [gemm(rT, dq, carried)], keep: [concat([dz, dr, dn], 0), dq] }
        }
        const ds = gemm(rNewT, dn)
        const dr = mul(ds, toReset)
        const before = gemm(rGatesT, concat([dz, dr], 0), add(carried, mul(ds, reset)))
        return { state: [before], keep: [concat([dz, dr, dn], 0)] }
      },
    )
    const ofR = () => {
      if (resetAfter) return sumsOfProducts(dq, [hBefore])[0]
      const [dGates, dNew] = split(dq, [2 * units, units], 1)
      return concat([...sumsOfProducts(dGates, [hBefore]), ...sumsOfProducts(dNew, [mul(reset, hBefore)])], 0)
    }
    const sum = reduceSum(da, [0])
    const ofB = () => {
      const ofInput = reduceSum(sum, [1], true)
      return resetAfter ? concat([ofInput, reduceSum(reduceSum(dq, [0]), [1], true)], 0) : ofInput
    }
    const dw = x.repeat ? gemm(sum, x.value, undefined, { transB: 1 }) : sumsOfProducts(da, [x.value])[0]
    const ofX = () => (x.repeat ? gemm(wT, sum) : matMul(wT, da))
    return [wantsX ? ofX() : undefined, dw, ofR(), ...(b ? [ofB()] : []), ...(initial ? [dh0] : [])]
  }

  const inputs = [x.value, w, r, ...(b ? [b] : []), ...(initial ?? [])]
  const results = graph.block(inputs, forward, backward)
  return sequence ? { all: results[0], states: results.slice(1) } : { states: results }
}
