import type * as Plot from '@observablehq/plot'
import { type Html, markup } from './html.js'
import { shortened } from './words.js'

/** Observable Plot and a document to draw in: loaded when a report is written, and not before. */
export interface Drawing {
  Plot: typeof Plot
  document: Document
}

export async function openDrawing(): Promise<Drawing> {
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
  return { Plot, document: parseHTML('<!doctype html><html><body></body></html>').document }
}

/**
 * Draws SVG for the midst of a page: without the style sheet that Plot adds to each (the page has its rules), hidden
 * from screen readers, which are told the figure's words instead, and with coordinates of a hundredth of a pixel.
 */
export function draw({ Plot, document }: Drawing, options: Plot.PlotOptions): Html {
  const svg = Plot.plot({ ...options, document })
  for (const style of svg.querySelectorAll('style')) style.remove()
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    element.removeAttribute('aria-label')
    for (const name of COORDINATES) {
      const value = element.getAttribute(name)
      if (value !== null) element.setAttribute(name, value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, rounded))
    }
  }
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', 'plot')
  return markup(svg.outerHTML)
}

const COORDINATES = ['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'width', 'height', 'cx', 'cy', 'r']
const rounded = (number: string) => String(Math.round(Number(number) * 100) / 100)

/** Axes as all pictures have them: no lines but a pale grid, and pale labels. */
export const axes = (
  { Plot }: Drawing,
  x: Plot.AxisXOptions | undefined,
  y: Plot.AxisYOptions | undefined,
): Plot.Markish[] => [
  y && Plot.gridY({ stroke: 'var(--grid)', strokeOpacity: 1, ticks: y.ticks }),
  x && Plot.axisX({ color: 'var(--faint)', tickSize: 0, tickPadding: 8, ...x }),
  y && Plot.axisY({ color: 'var(--faint)', tickSize: 0, tickPadding: 6, labelArrow: 'none', ...y }),
]

/** The name of what a panel shows, above its upper left corner. */
export const panelName = ({ Plot }: Drawing, name: string): Plot.Markish =>
  Plot.text([shortened(name, 36)], {
    frameAnchor: 'top-left',
    dy: -18,
    fontWeight: 600,
    fill: 'var(--ink)',
  })
