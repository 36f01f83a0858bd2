interface Paint {
  readonly fill?: string
  readonly stroke?: string
}

/** Of each class what it is painted with on light and on dark screens. */
const PAINTS = {
  paper: [{ fill: '#ffffff' }, { fill: '#0d1117' }],
  box: [
    { fill: '#f6f8fa', stroke: '#8c959f' },
    { fill: '#161b22', stroke: '#6e7681' },
  ],
  'code-box': [
    { fill: '#ddf4ff', stroke: '#0969da' },
    { fill: '#0b2a4a', stroke: '#58a6ff' },
  ],
  text: [{ fill: '#1f2328' }, { fill: '#e6edf3' }],
  faint: [{ fill: '#59636e' }, { fill: '#9da7b3' }],
  'code-text': [{ fill: '#0550ae' }, { fill: '#79c0ff' }],
  arrow: [{ stroke: '#59636e' }, { stroke: '#9da7b3' }],
  head: [{ fill: '#59636e' }, { fill: '#9da7b3' }],
  tie: [{ stroke: '#8250df' }, { stroke: '#bc8cff' }],
  'tie-end': [{ fill: '#8250df' }, { fill: '#bc8cff' }],
} satisfies Record<string, readonly [Paint, Paint]>

export type PaintName = keyof typeof PAINTS

/** The class of the svg, which keeps its rules from other elements of a page that it stands in. */
export const SCOPE = 'tempocode-plot'

/** The attributes that paint an element: the light colours, and the class by which the dark ones find it. */
export const paint = (name: PaintName) => ({ class: name, ...(PAINTS[name][0] satisfies Paint as Paint) })

/** Rules for dark screens. Where a page's policy forbids inline styles the picture stays light, and readable. */
export function stylesheet(): string {
  const dark = Object.entries(PAINTS).map(([name, [, colours]]) => {
    const rules = Object.entries(colours).map(([property, colour]) => `${property}:${colour}`)
    return `.${SCOPE} .${name}{${rules.join(';')}}`
  })
  const svg = `.${SCOPE}{color-scheme:light dark;max-width:100%;height:auto}`
  return `${svg}@media (prefers-color-scheme:dark){${dark.join('')}}`
}
