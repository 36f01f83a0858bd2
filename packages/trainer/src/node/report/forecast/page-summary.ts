import { type Html, html } from '../html.js'
import type { Tile } from '../page.js'
import { counted, digits, duration, grouped, listed, percent, spoken } from '../words.js'
import { against } from './measure-tables.js'
import type { ForecastPage } from './page-data.js'
import { methodsOf } from './step-figures.js'

/** `24 rows (1 day)`. */
export function rowsOf(rows: number, step?: number): string {
  return step ? `${counted(rows, 'row')} (${spoken(rows * step)})` : counted(rows, 'row')
}

/** What it forecasts from what, and whether it is worth its cost. */
export function forecastLead({ settings, evaluation, rows }: ForecastPage): Html {
  const { targets, others, known, cycles, features, horizon, window } = settings
  const measured = targets.length + others.length
  const seen = [
    `${rowsOf(window, rows.step)} of ${counted(measured, 'column')}`,
    ...(known.length > 0 ? [`${listed(known)} (known ahead)`] : []),
    ...(cycles.length > 0 ? [`the ${listed(cycles)}`] : []),
    ...(features > 0 ? [`${counted(features, 'feature')} of the encoder`] : []),
  ]
  const names = targets.length > 4 ? counted(targets.length, 'column') : listed(targets)
  const what = html`It forecasts <b>${names}</b> for the next <b>${rowsOf(horizon, rows.step)}</b> from ${listed(seen)}.`
  if (evaluation === undefined) return html`${what} No rows were kept to test it on.`
  const rivals = methodsOf(evaluation).slice(1)
  const parts = rivals.map(({ key, name }) => {
    const other = evaluation[key]!
    return html`<b>${against(evaluation.forecaster, other)}</b> that of ${name} (${digits(other.scaled.mse)})`
  })
  const best = Math.min(...rivals.map(({ key }) => evaluation[key]!.scaled.mse))
  const { mse } = evaluation.forecaster.scaled
  const joined = parts.flatMap((part, i) => (i === 0 ? [part] : [' and ', part]))
  return html`${what} On ${counted(rows.test, 'test row')} that it was not trained on, its mean squared error of ${digits(mse)} is ${joined}${mse < best ? '.' : ': as it is, it is not worth its cost.'}`
}

/** The numbers that one looks for first. */
export function forecastTiles({ settings, evaluation, training }: ForecastPage): Tile[] {
  const { epochs, bestEpoch, seconds, finalLoss, initialLoss, heldOut } = training
  if (evaluation === undefined) {
    return [
      {
        name: heldOut ? 'held-out loss' : 'training loss',
        value: digits(finalLoss),
        more: `${digits(initialLoss)} before training`,
      },
      {
        name: 'epochs',
        value: String(epochs.length),
        more: `${bestEpoch === 0 ? 'none finished' : `number ${bestEpoch} kept`}; ${duration(seconds)}`,
      },
    ]
  }
  const { forecaster, persistence, seasonalNaive, windows, season } = evaluation
  const { scaled, smape, mase, coverage } = forecaster
  return [
    {
      name: 'mean squared error, scaled',
      value: digits(scaled.mse),
      more: `persistence ${digits(persistence.scaled.mse)}${seasonalNaive ? `, seasonal-naive ${digits(seasonalNaive.scaled.mse)}` : ''}`,
    },
    {
      name: 'sMAPE',
      value: `${digits(smape)} %`,
      more: `persistence ${digits(persistence.smape)} %; of ${grouped(windows)} windows`,
    },
    {
      name: 'MASE',
      value: Number.isNaN(mase) ? '-' : digits(mase),
      more: `1 is the error of ${season ? `seasonal-naive by ${counted(season, 'row')}` : 'persistence by one row'} in the training rows`,
    },
    ...(coverage === undefined
      ? []
      : [
          {
            name: 'values within their intervals',
            value: percent(coverage),
            more: `${percent(settings.coverage)} was asked for`,
          },
        ]),
  ]
}
