import { type Item, position } from './position.js'

/** What is to be laid out: its size, and the indices of what points to it, all of them smaller than its own. */
export interface Node {
  readonly width: number
  readonly height: number
  readonly from: readonly number[]
}

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** An arrow runs straight down where it leaves a box and where it passes others, and curves from one run to the next. */
export interface Arrow {
  readonly from: number
  readonly to: number
  readonly runs: readonly Run[]
}

export interface Run {
  readonly x: number
  readonly top: number
  readonly bottom: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  /** In the order of the nodes. */
  readonly boxes: readonly Rect[]
  readonly arrows: readonly Arrow[]
}

const MARGIN = 24
const RANK_GAP = 38
const LANE = 12
const PORT = 16 // from the middle of a box to where an arrow from the side arrives, if it is not the only one

/**
 * Boxes from top to bottom, each as many ranks below the first as its longest way from there has steps. An arrow that
 * passes a rank has a lane there, beside the boxes (Sugiyama et al. 1981, Methods for visual understanding of
 * hierarchical system structures).
 */
export function layOut(nodes: readonly Node[]): Layout {
  const ranks: Item[][] = []
  const add = (rank: number, width: number, height: number): Item => {
    const item: Item = { rank, width, height, isBox: height > 0, x: 0, above: [], below: [] }
    ranks[rank] ??= []
    ranks[rank].push(item)
    return item
  }
  const items: Item[] = []
  const chains: { from: number; to: number; chain: Item[] }[] = []
  nodes.forEach(({ width, height, from }, to) => {
    const item = add(Math.max(0, ...from.map((source) => items[source].rank + 1)), width, height)
    items.push(item)
    for (const source of from) {
      const start = items[source]
      const passed = Array.from({ length: item.rank - start.rank - 1 }, (_, i) => start.rank + 1 + i)
      const chain = [start, ...passed.map((rank) => add(rank, LANE, 0)), item]
      for (let i = 1; i < chain.length; i++) {
        chain[i - 1].below.push(chain[i])
        chain[i].above.push(chain[i - 1])
      }
      chains.push({ from: source, to, chain })
    }
  })
  position(ranks)

  const bands = bandsOf(ranks)
  const all = ranks.flat()
  const left = Math.min(...all.map(({ x, width }) => x - width / 2)) - MARGIN
  const right = Math.max(...all.map(({ x, width }) => x + width / 2)) + MARGIN
  const boxes = items.map(({ x, rank, width, height }) => ({
    x: x - width / 2 - left,
    y: bands[rank].top,
    width,
    height,
  }))
  const arrows = chains.map(({ from, to, chain }) => {
    const runs = chain.map(({ x, rank }) => ({ x: x - left, ...bands[rank] }))
    const [end, before] = [runs.at(-1)!, runs.at(-2)!]
    runs[0].top = boxes[from].y + boxes[from].height
    end.bottom = end.top
    const aside = before.x - end.x
    if (nodes[to].from.length > 1 && Math.abs(aside) > 2 * PORT) end.x += PORT * Math.sign(aside)
    return { from, to, runs }
  })
  return { width: right - left, height: bands.at(-1)!.bottom + MARGIN, boxes, arrows }
}

/** From where to where each rank reaches. Below it is the more room the further its arrows go to the side. */
function bandsOf(ranks: readonly Item[][]): { top: number; bottom: number }[] {
  let next = MARGIN
  return ranks.map((rank) => {
    const top = next
    const bottom = top + Math.max(...rank.map(({ height }) => height))
    const aside = Math.max(...rank.flatMap(({ x, below }) => below.map((item) => Math.abs(item.x - x))), 0)
    next = bottom + RANK_GAP + Math.round(Math.min(40, 0.12 * aside))
    return { top, bottom }
  })
}
