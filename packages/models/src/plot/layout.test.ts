import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Layout, layOut, type Node, type Rect } from './layout.js'

/** Up to 40 boxes of any size; each is joined to up to three of those before it. */
const networks: fc.Arbitrary<Node[]> = fc
  .array(
    fc.record({
      width: fc.integer({ min: 40, max: 400 }),
      height: fc.integer({ min: 20, max: 120 }),
      picks: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((boxes) =>
    boxes.map(({ width, height, picks }, i) => {
      return { width, height, from: i === 0 ? [] : [...new Set(picks.map((pick) => pick % i))] }
    }),
  )

const holds = (check: (nodes: Node[], layout: Layout) => void) =>
  fc.assert(
    fc.property(networks, (nodes) => check(nodes, layOut(nodes))),
    { seed: 1, numRuns: 200 },
  )

const apart = (a: Rect, b: Rect) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

test('boxes keep their size, lie in the picture and do not overlap', () => {
  holds((nodes, { width, height, boxes }) => {
    boxes.forEach((box, i) => {
      expect([box.width, box.height]).toEqual([nodes[i].width, nodes[i].height])
      expect(Math.min(box.x, box.y)).toBeGreaterThan(0)
      expect(box.x + box.width).toBeLessThan(width)
      expect(box.y + box.height).toBeLessThan(height)
      expect(boxes.filter((other, k) => k !== i && !apart(box, other))).toEqual([])
    })
  })
})

test('every arrow goes down from box to box and passes the others', () => {
  holds((nodes, { boxes, arrows, width }) => {
    expect(arrows.map(({ from, to }) => [to, from])).toEqual(
      nodes.flatMap(({ from }, to) => from.map((source) => [to, source])),
    )
    for (const { from, to, runs } of arrows) {
      expect(runs[0].top).toBe(boxes[from].y + boxes[from].height)
      expect(runs.at(-1)!.bottom).toBe(boxes[to].y)
      const heights = runs.flatMap(({ top, bottom }) => [top, bottom])
      expect(heights).toEqual([...heights].sort((a, b) => a - b))
      for (const { x, top, bottom } of runs) {
        expect(x > 0 && x < width).toBe(true)
        const run = { x, y: top, width: 0, height: bottom - top }
        expect(boxes.filter((box) => !apart(run, box))).toEqual([])
      }
    }
  })
})

const box = (...from: number[]): Node => ({ width: 100, height: 40, from })
const middle = ({ x, width }: Rect) => x + width / 2

test('a chain is straight, though arrows pass its boxes', () => {
  const { boxes } = layOut([box(), box(0), box(1, 0), box(2, 0, 1), box(3)])
  for (const each of boxes) expect(middle(each)).toBeCloseTo(middle(boxes[0]), 2)
})

test('two branches stand side by side under the middle of what they come from, and do not cross', () => {
  const { boxes } = layOut([box(), box(0), box(0), box(2), box(1)])
  const [trunk, left, right, belowRight, belowLeft] = boxes.map(middle)
  expect([left + right, belowLeft, belowRight]).toEqual([2 * trunk, left, right])
  expect(right - left).toBeGreaterThan(100)
})
