import type * as tf from '@tensorflow/tfjs'
import { callsOf } from '../calls.js'
import { findCode } from '../code.js'
import { kindOf, shapeOf, sharingOf } from '../describe.js'
import { boxOf } from './box.js'
import { drawArrow, drawBox, drawTie } from './draw.js'
import { layOut } from './layout.js'
import { paint, SCOPE, stylesheet } from './paint.js'
import { element, escapeXml } from './xml.js'

const TIE_GAP = 16

/**
 * A model as a picture, like Keras's `plot_model(show_shapes=True)`: each layer a box with its name, class, input and
 * output shapes, from top to bottom in the order of computation; the code's box emphasised; a dashed line from a layer
 * to the one whose weights it shares.
 *
 * @returns an SVG document, for a file, an `img` or the midst of a page; light or dark as the reader's screen is, with a
 *   title and a description for who cannot see it
 * @throws TempocodeError `model` where the model has no outputs yet
 */
export function plot(model: tf.LayersModel): string {
  const calls = callsOf(model)
  const code = findCode(model)
  const sharings = calls.map((call) => sharingOf(call, calls))
  const boxes = calls.map((call, i) => boxOf(call, sharings[i], code))
  const width = Math.max(...boxes.map((box) => box.width)) // of all, for a calm picture
  const layout = layOut(
    boxes.map(({ height }, i) => ({ width, height, from: calls[i].from.map((call) => calls.indexOf(call)) })),
  )

  // Short ties inside, long ones around them.
  const ties = sharings
    .map((sharing, user) => ({ user, owner: calls.findIndex(({ layer }) => layer === sharing?.layer) }))
    .filter(({ owner }) => owner >= 0)
    .map(({ user, owner }) => ({ user: layout.boxes[user], owner: layout.boxes[owner] }))
    .sort((a, b) => a.user.y - a.owner.y - (b.user.y - b.owner.y))
  const size = { width: Math.ceil(layout.width + TIE_GAP * ties.length), height: Math.ceil(layout.height) }

  const description = calls.map(({ layer, from, outputs }) => {
    const sources = from.length > 0 ? ` takes ${from.map((call) => call.layer.name).join(' and ')},` : ''
    const mark = code && outputs.includes(code) ? ', the code' : ''
    return `${layer.name} (${kindOf(layer)})${sources} gives ${outputs.map(shapeOf).join(' and ')}${mark}.`
  })
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: SCOPE,
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: 'img',
      'font-family': 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
      'font-size': 12,
    },
    [
      element('title', {}, [escapeXml(`Network ${model.name}`)]),
      element('desc', {}, [escapeXml(description.join(' '))]),
      element('style', {}, [stylesheet()]),
      element('rect', { ...paint('paper'), ...size }),
      ...ties.map(({ user, owner }, i) => drawTie(user, owner, layout.width + TIE_GAP * (i + 0.5) - 16)),
      ...layout.arrows.map(drawArrow),
      ...layout.boxes.map((rect, i) => drawBox(boxes[i], rect)),
    ],
  )
}
