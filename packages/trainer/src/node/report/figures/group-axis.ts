import type { Timeline } from '../timeline.js'
import { shortened } from '../words.js'

const LETTER = 7 // pixels, at most
const LETTERS = 16
const BORDERS = 60 // lines between groups; more would hide what they are to part

export interface GroupAxis {
  /** The middles of the groups whose names have room, and their names. */
  ticks: number[]
  nameAt(tick: number): string
  borders: number[]
}

/** An axis on which groups lie side by side; undefined where there are not several groups. */
export function groupAxis(
  groups: Timeline['groups'],
  { edges, pixels }: { edges: readonly [number, number]; pixels: number },
): GroupAxis | undefined {
  if (groups.length < 2) return undefined
  const scale = pixels / (edges[1] - edges[0] || 1)
  const names = new Map<number, string>()
  let free = 0
  for (const { name, start, end } of groups) {
    const text = shortened(name, LETTERS)
    const middle = (start + 1 + end) / 2
    const place = (middle - edges[0]) * scale
    const half = (text.length * LETTER) / 2
    if (place - half < free) continue
    names.set(middle, text)
    free = place + half + LETTER
  }
  return {
    ticks: [...names.keys()],
    nameAt: (tick) => names.get(tick) ?? '',
    borders: groups.length <= BORDERS ? groups.slice(1).map(({ start }) => start + 0.5) : [],
  }
}
