import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TiedDense } from '../layers/tied-dense.js'
import { lstmAutoencoder } from '../lstm-autoencoder.js'
import { chain, twoHeads } from '../testing/networks.js'
import { elementsOf, readXml, type XmlElement } from '../testing/read-xml.js'
import { plot } from './plot.js'
import { textWidth } from './text-width.js'

tf.enableProdMode() // else tfjs prints a banner when it first computes

const { dense, flatten, repeatVector } = tf.layers
const textsOf = (element: XmlElement) => elementsOf(element, 'text').map(({ text }) => text)
const boxesOf = (svg: XmlElement) => elementsOf(svg, 'g')

interface Frame {
  x: number
  y: number
  width: number
  height: number
}

const frameOf = (box: XmlElement): Frame => {
  const { x, y, width, height } = elementsOf(box, 'rect')[0].attributes
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
}

test('each layer is a box with its name, class and shapes, from top to bottom', () => {
  const svg = readXml(plot(lstmAutoencoder({ window: 5, columns: 2, units: [4, 3] })))
  expect(boxesOf(svg).map(textsOf)).toEqual([
    ['window', 'InputLayer', 'out', '[batch, 5, 2]'],
    ['encoder_1', 'LSTM', 'in', '[batch, 5, 2]', 'out', '[batch, 5, 4]'],
    ['encoder_2', 'LSTM', 'in', '[batch, 5, 4]', 'out', '[batch, 3]', '← code'],
    ['repeat', 'RepeatVector', 'in', '[batch, 3]', 'out', '[batch, 5, 3]'],
    ['decoder_1', 'LSTM', 'in', '[batch, 5, 3]', 'out', '[batch, 5, 3]'],
    ['decoder_2', 'LSTM', 'in', '[batch, 5, 3]', 'out', '[batch, 5, 4]'],
    ['reconstruction', 'TimeDistributed(Dense)', 'in', '[batch, 5, 4]', 'out', '[batch, 5, 2]'],
  ])
  const frames = boxesOf(svg).map(frameOf)
  for (const [i, { x, y }] of frames.slice(1).entries()) {
    expect(x).toBe(frames[i].x)
    expect(y).toBeGreaterThan(frames[i].y + frames[i].height)
  }
  expect(elementsOf(svg, 'path').filter(({ attributes }) => attributes.class === 'arrow').length).toBe(6)
})

test('the picture scales, and tells what it shows to who cannot see it', () => {
  const svg = readXml(plot(lstmAutoencoder({ window: 5, columns: 2, units: [3] })))
  const { width, height, viewBox, role } = svg.attributes
  expect([svg.name, viewBox, role]).toEqual(['svg', `0 0 ${width} ${height}`, 'img'])
  expect(svg.children.slice(0, 2).map(({ name, text }) => [name, text])).toEqual([
    ['title', 'Network lstm_autoencoder'],
    [
      'desc',
      'window (InputLayer) gives [batch, 5, 2]. ' +
        'encoder_1 (LSTM) takes window, gives [batch, 3], the code. ' +
        'repeat (RepeatVector) takes encoder_1, gives [batch, 5, 3]. ' +
        'decoder_1 (LSTM) takes repeat, gives [batch, 5, 3]. ' +
        'reconstruction (TimeDistributed(Dense)) takes decoder_1, gives [batch, 5, 2].',
    ],
  ])
})

test('only the code’s box is emphasised, and each class has its colours on dark screens', () => {
  const svg = readXml(plot(twoHeads()))
  const emphasised = boxesOf(svg).filter((box) => elementsOf(box, 'rect')[0].attributes.class === 'code-box')
  expect(emphasised.map((box) => textsOf(box)[0])).toEqual(['encoder_2'])
  const [style] = elementsOf(svg, 'style').map(({ text }) => text)
  const classes = ['rect', 'path', 'text', 'circle'].flatMap((name) =>
    elementsOf(svg, name).map(({ attributes }) => attributes.class),
  )
  for (const name of new Set(classes))
    expect(style).toMatch(new RegExp(`[.]tempocode-plot [.]${name}{(fill|stroke):#`))
  const plain = tf.sequential({ layers: [dense({ units: 1, inputShape: [2] })] })
  expect(plot(plain)).not.toContain('← code')
})

test('two heads stand side by side', () => {
  const frames = new Map(
    boxesOf(readXml(plot(twoHeads()))).map((box) => [textsOf(box)[0], frameOf(box)] as const),
  )
  const [one, other] = ['reconstruction', 'prediction'].map((name) => frames.get(name)!)
  expect(other.y).toBe(one.y)
  expect(other.x).toBeGreaterThan(one.x + one.width)
})

test('a tied layer says whose kernel it has, and a dashed line joins the two', () => {
  const input = tf.input({ name: 'window', shape: [3, 2] })
  const layers = [
    dense({ name: 'encoder_1', units: 4 }),
    new TiedDense({ name: 'back', tiedTo: 'encoder_1' }),
  ]
  const outputs = chain(input, flatten({ name: 'flatten' }), ...layers)
  const svg = readXml(plot(tf.model({ inputs: input, outputs })))
  const boxes = new Map(boxesOf(svg).map((box) => [textsOf(box)[0], box]))
  expect(textsOf(boxes.get('back')!).slice(-2)).toEqual(['kernel', 'of encoder_1, transposed'])
  const dashed = elementsOf(svg, 'path').filter(({ attributes }) => attributes['stroke-dasharray'])
  expect(dashed.length).toBe(1)
  const right = (name: string) => frameOf(boxes.get(name)!).x + frameOf(boxes.get(name)!).width
  expect(dashed[0].attributes.d).toMatch(new RegExp(`^M${right('back')} .*H${right('encoder_1')}$`))
})

test('names are written as they are, whatever they hold', () => {
  const model = lstmAutoencoder({ window: 5, columns: 2, units: [3] })
  model.name = '</title>'
  model.getLayer('decoder_1').name = `a<b&"c"`
  const svg = readXml(plot(model))
  expect(elementsOf(svg, 'title')[0].text).toBe('Network </title>')
  expect(textsOf(boxesOf(svg)[3])[0]).toBe(`a<b&"c"`)
})

/** A chain of dense layers with names of any length, which may go on in a second branch and be joined again. */
const models = fc
  .record({
    trunk: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 }),
    branches: fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }), { maxLength: 2 }),
    length: fc.integer({ min: 1, max: 60 }),
    joined: fc.boolean(),
  })
  .map(({ trunk, branches, length, joined }) => {
    let count = 0
    const layer = (units: number) => dense({ name: `W${count++}${'m'.repeat(length)}`, units })
    const input = tf.input({ name: 'rows', shape: [2] })
    const end = chain(input, ...trunk.map((units) => layer(units)))
    const ends = branches.map((units) => chain(end, ...units.map(layer), repeatVector({ n: 2 })))
    const heads = [...ends, chain(end, repeatVector({ n: 2 }))]
    const outputs = joined && heads.length > 1 ? tf.layers.concatenate().apply(heads) : heads
    return tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor[] })
  })

test('in any picture boxes do not overlap, and hold their texts', () => {
  fc.assert(
    fc.property(models, (model) => {
      const svg = readXml(plot(model))
      const boxes = boxesOf(svg)
      const frames = boxes.map(frameOf)
      expect(boxes.map((box) => textsOf(box)[0]).sort()).toEqual(model.layers.map(({ name }) => name).sort())
      for (const [i, a] of frames.entries()) {
        expect(a.x >= 0 && a.x + a.width <= Number(svg.attributes.width)).toBe(true)
        expect(a.y >= 0 && a.y + a.height <= Number(svg.attributes.height)).toBe(true)
        for (const b of frames.slice(i + 1)) {
          const beside = a.x + a.width <= b.x || b.x + b.width <= a.x
          expect(beside || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
        }
        const [name, kind] = textsOf(boxes[i])
        expect(textWidth(name, 13, true) + textWidth(kind, 12)).toBeLessThan(a.width - 24)
        for (const text of elementsOf(boxes[i], 'text')) {
          const baseline = Number(text.attributes.y)
          expect(baseline - 12 >= a.y && baseline + 4 <= a.y + a.height).toBe(true)
        }
      }
    }),
    { seed: 1, numRuns: 40 },
  )
})
