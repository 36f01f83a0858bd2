import type { Figure, LegendItem, Picture } from './figure.js'
import { Html, html, markup } from './html.js'
import { STYLE } from './style.js'
import { counted } from './words.js'

/** A part of the page, with a heading. */
export interface Section {
  /** The name that links have for it. */
  id: string
  title: string
  intro?: string
  content: Html
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** A page that needs nothing but itself: no script, no other file, no network. */
export function page(title: string, header: Html, sections: readonly Section[], footer: Html): string {
  const link = ({ id, title }: Section) => html`<a href="#${id}">${title}</a>`
  const section = ({ id, title, intro, content }: Section) => html`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${intro && html`<p class="intro">${intro}</p>`}
${content}
</section>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${markup(STYLE)}
</style>
</head>
<body>
<header>
${header}
<nav aria-label="Sections">${sections.map(link)}</nav>
</header>
<main>${sections.map(section)}
</main>
<footer>${footer}</footer>
</body>
</html>
`.text
}

/** A number that one looks for first. */
export interface Tile {
  name: string
  value: string
  more: string
}

/** The top of a page: what it is of, in a sentence or two, with the numbers that one looks for first. */
export function header(
  kind: string,
  name: string,
  lead: Html,
  tiles: readonly Tile[],
  warnings: readonly string[],
): Html {
  const tile = ({ name, value, more }: Tile) =>
    html`<div class="tile"><dt>${name}</dt><dd>${value} <small>${more}</small></dd></div>`
  return html`<p class="over">${kind}</p>
<h1>${name}</h1>
<p class="lead">${lead}</p>
<dl class="tiles">${tiles.map(tile)}</dl>
${warnings.length > 0 && html`<div class="warnings" role="note"><h3>${counted(warnings.length, 'warning')}</h3><ul>${warnings.map((warning) => html`<li>${warning}</li>`)}</ul></div>`}`
}

/** The foot of a page: who wrote it, and when. */
export function footer({ version, written }: { version: string; written: Date }): Html {
  const when = written.toISOString().slice(0, 16).replace('T', ' ')
  return html`Written by tempocode ${version} on ${when} UTC. This file needs no network and no script; README.md beside it tells what the other files are.`
}

/** A figure, as wide as the page where it is drawn in two sizes. */
export function figure({ title, alternative, caption, legend, pictures }: Figure): Html {
  const whole = pictures.some((picture) => !(picture instanceof Html))
  return html`<figure class="card${whole && ' whole'}">
<h3>${title}</h3>
${legend && html`<ul class="legend">${legend.map(legendItem)}</ul>`}
<div role="img" aria-label="${alternative}">${pictures.map(drawn)}</div>
<figcaption>${caption}</figcaption>
</figure>
`
}

const drawn = (picture: Picture): Html =>
  picture instanceof Html
    ? picture
    : html`<div class="wide">${picture.wide}</div><div class="narrow">${picture.narrow}</div>`

const legendItem = ({ name, mark }: LegendItem): Html =>
  html`<li><span class="mark mark-${mark}"></span>${name}</li>`

export type Cell = string | number

/** A table; columns of numbers are aligned to the right. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const isNumber = head.map((_, i) =>
    rows.every((row) => typeof row[i] === 'number' || /^[-\d.,e+]+( %)?$/.test(row[i])),
  )
  const style = (i: number) => (isNumber[i] ? 'number' : 'name')
  return html`<div class="scroll"><table aria-label="${caption}">
<thead><tr>${head.map((name, i) => html`<th class="${style(i)}" scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class="${style(i)}" data-name="${head[i]}">${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`
}

/** Names and what there is to say of each. */
export const facts = (pairs: readonly (readonly [name: string, value: string])[]): Html =>
  html`<dl class="facts">${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
