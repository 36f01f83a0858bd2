/** A box, or the lane of an arrow that passes a rank. */
export interface Item {
  readonly rank: number
  readonly width: number
  /** 0 of a lane. */
  readonly height: number
  readonly isBox: boolean
  /** Of its middle. */
  x: number
  /** What it is joined to in the rank above. */
  readonly above: Item[]
  readonly below: Item[]
}

const BOX_GAP = 32
const LANE_GAP = 14
const SWEEPS = 8

/**
 * Sets each item's x: in the middle of what it is joined to in the rank above, then below, and so on, as near as the
 * others of its rank let it. Each sweep also sorts a rank by where its items want to be, so that few arrows cross.
 */
export function position(ranks: readonly Item[][]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const rank of ranks) settle(rank, (item) => item.above)
    for (const rank of ranks.toReversed()) settle(rank, (item) => item.below)
  }
}

function settle(rank: Item[], joined: (item: Item) => readonly Item[]): void {
  const wanted = new Map(rank.map((item) => [item, mean(joined(item), item.x)]))
  rank.sort((a, b) => wanted.get(a)! - wanted.get(b)! || a.x - b.x)
  const offsets = [0]
  for (let i = 1; i < rank.length; i++) offsets.push(offsets[i - 1] + distance(rank[i - 1], rank[i]))
  const places = ascending(
    rank.map((item, i) => wanted.get(item)! - offsets[i]),
    rank.map(weight),
  )
  for (const [i, item] of rank.entries()) item.x = places[i] + offsets[i]
}

/** Arrows give way to boxes, so that a chain of boxes is straight. */
const weight = (item: Item) => (item.isBox ? 1 : 1e-6)

function mean(items: readonly Item[], otherwise: number): number {
  if (items.length === 0) return otherwise
  const sum = items.reduce((sum, item) => sum + weight(item) * item.x, 0)
  return sum / items.reduce((sum, item) => sum + weight(item), 0)
}

const distance = (a: Item, b: Item) => (a.width + b.width) / 2 + (a.isBox && b.isBox ? BOX_GAP : LANE_GAP)

/**
 * The ascending numbers that are nearest to the wanted ones, by weighted squares: neighbours in the wrong order become
 * their mean (isotonic regression by pooling adjacent violators; Ayer et al. 1955).
 */
function ascending(wanted: readonly number[], weights: readonly number[]): number[] {
  const pools: { value: number; weight: number; count: number }[] = []
  for (const [i, value] of wanted.entries()) {
    let pool = { value, weight: weights[i], count: 1 }
    while (pools.length > 0 && pools.at(-1)!.value > pool.value) {
      const last = pools.pop()!
      const weight = last.weight + pool.weight
      const value = (last.value * last.weight + pool.value * pool.weight) / weight
      pool = { value, weight, count: last.count + pool.count }
    }
    pools.push(pool)
  }
  return pools.flatMap(({ value, count }) => Array<number>(count).fill(value))
}
