import { type Box, CODE_MARK, HEADER, LINE, NAME_SIZE, PADDING, TEXT_SIZE } from './box.js'
import type { Arrow, Rect } from './layout.js'
import { type PaintName, paint } from './paint.js'
import { element, escapeXml, round } from './xml.js'

const BASELINE = 0.36 // of the text's size: from its middle down to its baseline

/** A call's box: name and class over lines of shapes. The code's is emphasised. */
export function drawBox(box: Box, { x, y, width, height }: Rect): string {
  const right = x + width - PADDING
  const header = y + HEADER / 2
  const isCode = box.hasCode
  const frame = {
    ...paint(isCode ? 'code-box' : 'box'),
    x,
    y,
    width,
    height,
    rx: 6,
    'stroke-width': isCode ? 2.5 : 1,
  }
  return element('g', {}, [
    element('rect', frame),
    element('path', { ...paint(isCode ? 'code-box' : 'box'), d: `M${round(x)} ${y + HEADER}h${width}` }),
    label('text', box.name, x + PADDING, header, { 'font-size': NAME_SIZE, 'font-weight': 'bold' }),
    label('faint', box.kind, right, header, { 'text-anchor': 'end' }),
    ...box.lines.flatMap(({ label: before, text, isCode }, i) => {
      const middle = y + HEADER + 4 + LINE * (i + 0.5)
      return [
        before ? label('faint', before, x + PADDING, middle) : '',
        label('text', text, x + box.indent, middle),
        isCode
          ? label('code-text', CODE_MARK, right, middle, { 'text-anchor': 'end', 'font-weight': 'bold' })
          : '',
      ]
    }),
  ])
}

function label(
  name: PaintName,
  text: string,
  x: number,
  middle: number,
  more: Record<string, string | number> = {},
) {
  const y = middle + TEXT_SIZE * BASELINE
  return element('text', { ...paint(name), x, y, ...more }, [escapeXml(text)])
}

const HEAD = 8

/** An arrow down to the top of a box. */
export function drawArrow({ runs }: Arrow): string {
  const last = runs.at(-1)!
  const ends = [...runs.slice(0, -1), { ...last, top: last.top - HEAD }]
  const path = ends.map(({ x, top, bottom }, i) => {
    if (i === 0) return `M${round(x)} ${round(top)}V${round(bottom)}`
    const before = ends[i - 1]
    const half = (before.bottom + top) / 2
    const curve = [before.x, half, x, half, x, top].map(round).join(' ')
    return `C${curve}${i < ends.length - 1 ? `V${round(bottom)}` : ''}`
  })
  const head = `M${round(last.x)} ${round(last.top)}l${-HEAD / 2} ${-HEAD}h${HEAD}z`
  return (
    element('path', { ...paint('arrow'), d: path.join(''), fill: 'none', 'stroke-width': 1.5 }) +
    element('path', { ...paint('head'), d: head })
  )
}

const CORNER = 8
const DOT = 3.5

/**
 * A dashed line from a box that uses weights to the one that has them, where it ends with a dot: around the right of
 * all boxes, at `x`.
 */
export function drawTie(user: Rect, owner: Rect, x: number): string {
  const [start, end] = [user.y + user.height - LINE, owner.y + HEADER / 2]
  if (user.y === owner.y) return drawTieBeside(user, owner, end)
  const d = [
    `M${round(user.x + user.width)} ${round(start)}H${round(x - CORNER)}`,
    `q${CORNER} 0 ${CORNER} ${-CORNER}`,
    `V${round(end + CORNER)}`,
    `q0 ${-CORNER} ${-CORNER} ${-CORNER}`,
    `H${round(owner.x + owner.width)}`,
  ]
  const dot = { ...paint('tie-end'), cx: owner.x + owner.width + DOT, cy: end, r: DOT }
  return element('path', { ...dashed(), d: d.join('') }) + element('circle', dot)
}

/** The same where both stand side by side. */
function drawTieBeside(one: Rect, other: Rect, y: number): string {
  const [left, right] = one.x < other.x ? [one, other] : [other, one]
  return element('path', { ...dashed(), d: `M${round(left.x + left.width)} ${round(y)}H${round(right.x)}` })
}

const dashed = () => ({ ...paint('tie'), fill: 'none', 'stroke-width': 1.5, 'stroke-dasharray': '5 4' })
