/** Widths in em, for the first class of characters that fits. */
const WIDTHS: readonly [RegExp, number][] = [
  [/[iIjl.,:;'|]/u, 0.36],
  [/[ ftr()[\]/!-]/u, 0.46],
  [/[mwMW@%]/u, 1],
  [/[a-z0-9_]/u, 0.655],
  [/[A-Z]/u, 0.8],
  [/[\u0020-\u007e]/u, 0.85],
  [/[\u{10000}-\u{10ffff}]/u, 1.4],
]
const OTHER = 1
const BOLD = 1.1

/**
 * How wide a line of text becomes at most, in pixels. Nothing here can measure text, so it counts with the letters of
 * DejaVu Sans, the widest of the usual system fonts.
 */
export function textWidth(text: string, size: number, bold = false): number {
  let em = 0
  for (const char of text) em += WIDTHS.find(([kind]) => kind.test(char))?.[1] ?? OTHER
  return em * size * (bold ? BOLD : 1)
}
