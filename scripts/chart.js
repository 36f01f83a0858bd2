// Line charts as SVG, readable on light and dark pages alike.

const [WIDTH, HEIGHT] = [640, 300]
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 16, 34, 42]
const COLOURS = { grey: '#8b949e', blue: '#2f81f7', red: '#f0564f' }

/**
 * @param lines each with values, a colour, and maybe a name for the legend, a width, the x that it begins at (`from`), or
 * `dots` instead of a line; values that are undefined are left out
 * @param labels of the axes
 */
export function chart(lines, { x, y }) {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== undefined))
  const [least, most] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))]
  const last = Math.max(...lines.map(({ values, from = 0 }) => from + values.length - 1))
  const right = (t) => (LEFT + (t / last) * (WIDTH - LEFT - RIGHT)).toFixed(1)
  const up = (value) =>
    (HEIGHT - BOTTOM - ((value - least) / (most - least)) * (HEIGHT - TOP - BOTTOM)).toFixed(1)
  const step = Math.ceil((most - least) / 6)
  const levels = Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, i) => least + i * step)
  const hours = Array.from({ length: Math.floor(last / 6) + 1 }, (_, i) => 6 * i)
  const text = (content, attributes) => `<text fill="${COLOURS.grey}" ${attributes}>${content}</text>`

  const axes = [
    ...levels.map(
      (value) => `<path d="M${LEFT} ${up(value)}H${WIDTH - RIGHT}" stroke="${COLOURS.grey}" opacity=".25"/>`,
    ),
    ...levels.map((value) => text(value, `x="${LEFT - 8}" y="${up(value)}" dy=".35em" text-anchor="end"`)),
    ...hours.map((t) => text(t, `x="${right(t)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"`)),
    text(x, `x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle"`),
    text(y, `x="14" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 14 ${HEIGHT / 2})"`),
  ]
  const drawn = lines.map(({ values, from = 0, colour, width = 2, dots }) => {
    const points = values.flatMap((value, t) => (value === undefined ? [] : [[right(from + t), up(value)]]))
    if (dots)
      return points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="4" fill="${COLOURS[colour]}"/>`).join('')
    const d = `M${points.map((point) => point.join(' ')).join('L')}`
    const opacity = width > 2 ? 0.5 : 1
    return `<path d="${d}" fill="none" stroke="${COLOURS[colour]}" stroke-width="${width}" opacity="${opacity}"/>`
  })
  let next = LEFT
  const legend = lines
    .filter(({ name }) => name)
    .map(({ name, colour, dots }) => {
      const place = next
      next += 34 + 7 * name.length
      const mark = dots
        ? `<circle cx="${place + 8}" cy="16" r="4"`
        : `<path d="M${place} 16h16" stroke-width="3" stroke="${COLOURS[colour]}"`
      return `${mark} fill="${COLOURS[colour]}"/>${text(name, `x="${place + 22}" y="16" dy=".35em"`)}`
    })
  const style = 'font-family="system-ui, sans-serif" font-size="12"'
  const size = `width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"`
  const title = `<title>${y} by ${x}: ${lines.flatMap(({ name }) => name ?? []).join('; ')}</title>`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" ${style}>${[title, ...axes, ...drawn, ...legend].join('')}</svg>\n`
}
