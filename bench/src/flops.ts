import type { Row } from './rows.js'

/**
 * Floating-point operations of one training step: the forward pass's multiply-adds, two operations each, three times,
 * for back-propagation makes two products of every one. Element-wise work is left out. The decoder's first layer sees
 * the same input at every step of time, so its projection counts once.
 */
export function stepFlops({ batch, window, columns, units }: Row): number {
  const decoder = [...units].reverse()
  const recurrent = (count: number) => window * 4 * count * count
  const projection = (count: number, from: number, times: number) => times * 4 * count * from

  let multiplyAdds = window * decoder.at(-1)! * columns // Dense
  units.forEach((count, i) => {
    multiplyAdds += recurrent(count) + projection(count, units[i - 1] ?? columns, window)
  })
  decoder.forEach((count, i) => {
    const input = i === 0 ? projection(count, units.at(-1)!, 1) : projection(count, decoder[i - 1], window)
    multiplyAdds += recurrent(count) + input
  })
  return 3 * 2 * batch * multiplyAdds
}

/** GFLOP/s of so many operations in so many milliseconds. */
export const gflops = (operations: number, ms: number): number => operations / ms / 1e6
