import { axes, type Drawing, draw } from '../drawing.js'
import { type Figure, HALF, type LegendItem, NARROW } from '../figure.js'
import type { TrainingFacts } from '../report-data.js'
import { digits } from '../words.js'
import { logTicks, wholeTicks } from './ticks.js'

const WIDE_RANGE = 10 // from the lowest to the highest loss, from which on a scale is logarithmic

/** The losses of each epoch, the epoch that was kept, and the baseline. */
export function lossFigure(drawing: Drawing, training: TrainingFacts): Figure | undefined {
  const { epochs, bestEpoch, heldOut, initialLoss, finalLoss, baseline, loss, corrupt } = training
  if (epochs.length === 0) return undefined
  const { Plot } = drawing
  const before = { epoch: 0, loss: initialLoss }
  const seen = epochs.map(({ epoch, loss }) => ({ epoch, loss }))
  const unseen = epochs.flatMap(({ epoch, validationLoss }) =>
    validationLoss === undefined ? [] : [{ epoch, loss: validationLoss }],
  )
  const lines = heldOut ? [seen, [before, ...unseen]] : [[before, ...seen], []]
  const all = [...lines.flat().map(({ loss }) => loss), ...(baseline ? [baseline.error] : [])]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const log = least > 0 && most / least > WIDE_RANGE
  const domain: [number, number] = [least / 1.1, most * 1.1]
  const kept = (heldOut ? unseen : seen).filter(({ epoch }) => epoch === bestEpoch)
  const options = { x: 'epoch', y: 'loss', strokeWidth: 2 }
  const picture = (width: number, height: number) =>
    draw(drawing, {
      width,
      height,
      marginLeft: 46,
      marginRight: 10,
      x: { domain: [0, epochs.at(-1)!.epoch] },
      y: log ? { type: 'log', domain } : { nice: true, zero: true },
      marks: [
        ...axes(
          drawing,
          { label: 'epoch', ticks: wholeTicks(epochs.at(-1)!.epoch), tickFormat: String },
          {
            label: log ? `${loss}, log scale` : loss,
            ticks: log ? logTicks(domain) : 4,
            tickFormat: (value: number) => digits(value),
          },
        ),
        baseline &&
          Plot.ruleY([baseline.error], {
            stroke: 'var(--baseline)',
            strokeWidth: 2,
            strokeDasharray: '2 3',
          }),
        Plot.lineY(lines[0], { ...options, stroke: 'var(--measured)' }),
        Plot.lineY(lines[1], { ...options, stroke: 'var(--model)' }),
        Plot.dot(kept, {
          x: 'epoch',
          y: 'loss',
          r: 5,
          fill: 'var(--card)',
          stroke: 'var(--ink)',
          strokeWidth: 2,
        }),
      ],
    })
  const part = heldOut ? 'held-out' : 'training'
  const legend: LegendItem[] = [
    { name: 'training windows', mark: 'measured' },
    ...(heldOut ? [{ name: 'held-out windows', mark: 'model' as const }] : []),
    ...(kept.length > 0 ? [{ name: `kept: epoch ${bestEpoch}`, mark: 'kept' as const }] : []),
    ...(baseline ? [{ name: 'PCA, held-out windows', mark: 'baseline' as const }] : []),
  ]
  const end = `${digits(initialLoss)} before training to ${digits(finalLoss)} with the weights that were kept`
  const pca = baseline ? ` Principal components reach ${digits(baseline.error)}.` : ''
  const noise =
    corrupt === 'none' ? '' : ` Training inputs were corrupted by ${corrupt}, those held out were not.`
  return {
    title: 'Loss',
    alternative: `Line chart of the loss over ${epochs.length} epochs: that of the ${part} windows goes from ${end}.${pca}`,
    caption: `The ${part} windows' loss went from ${end}.${noise}`,
    legend,
    pictures: [{ wide: picture(HALF, 300), narrow: picture(NARROW, 240) }],
  }
}
