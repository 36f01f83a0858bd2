/** Park and Miller's minimal generator, which takes one line in Python, too: whole numbers from 1 to 2³¹ − 2. */
export function parkMiller(count: number, seed: number): number[] {
  let x = seed
  return Array.from({ length: count }, () => {
    x = (x * 16807) % 2147483647
    return x
  })
}
