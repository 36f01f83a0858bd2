import { readFileSync } from 'node:fs'
import type { Series } from '@tempocode/trainer'
import { fileOf } from './data.js'

export const SAMPLES = 140
export const CLASSES = 5

/** Heartbeats of 140 samples each, one behind the other, and their classes, from 0. */
export interface Beats {
  values: Float32Array
  classes: Int32Array
}

/**
 * ECG5000 by its official split.
 * @throws Missing where it is not there
 */
export const ecg5000 = (): { train: Beats; test: Beats } => ({
  train: beats('ECG5000_TRAIN.tsv'),
  test: beats('ECG5000_TEST_4499of4500.tsv'),
})

function beats(file: string): Beats {
  const lines = readFileSync(fileOf('ecg5000', file), 'utf8').trim().split('\n')
  const rows = lines.map((line) => line.split('\t').map(Number))
  return {
    values: Float32Array.from(rows.flatMap(([, ...samples]) => samples)),
    classes: Int32Array.from(rows, ([label]) => label - 1),
  }
}

/** The beats at these places, in this order. */
export const chosenBeats = ({ values, classes }: Beats, places: Int32Array): Beats => ({
  values: Float32Array.from(
    { length: places.length * SAMPLES },
    (_, i) => values[places[Math.floor(i / SAMPLES)] * SAMPLES + (i % SAMPLES)],
  ),
  classes: places.map((place) => classes[place]),
})

/** A segment for each beat, so that no window has samples of two. */
export const seriesOfBeats = ({ values, classes }: Beats): Series => ({
  columns: ['sample'],
  rows: values.length,
  values,
  segments: Array.from(classes, (_, i) => ({ start: i * SAMPLES, end: (i + 1) * SAMPLES })),
})
