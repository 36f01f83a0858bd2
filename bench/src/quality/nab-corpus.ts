import { readFileSync } from 'node:fs'
import type { RowRun } from '@tempocode/trainer'
import { fileOf } from '../family/data.js'

/** A file of the Numenta Anomaly Benchmark. */
export interface CorpusFile {
  name: string
  values: Float32Array
  /** The labelled windows; each includes the last row that the labels name. */
  windows: RowRun[]
  /** The rows that a detector may learn from, and that do not count: 15 % of the first 5000. */
  probation: number
}

/**
 * The whole corpus, in the order of the files' names.
 * @throws Missing where it is not there
 */
export function nabCorpus(): CorpusFile[] {
  const labels: Record<string, [string, string][]> = JSON.parse(
    readFileSync(fileOf('nab', 'labels', 'combined_windows.json'), 'utf8'),
  )
  return Object.keys(labels)
    .sort()
    .map((name) => {
      const lines = readFileSync(fileOf('nab', 'data', name), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
      const rows = lines.map((line) => line.split(','))
      const rowAt = (time: string) => rows.findIndex(([stamp]) => stamp === time.replace(/\.0+$/, ''))
      return {
        name,
        values: Float32Array.from(rows, ([, value]) => Number(value)),
        windows: labels[name].map(([start, end]) => ({ start: rowAt(start), end: rowAt(end) + 1 })),
        probation: Math.min(Math.floor(0.15 * rows.length), 750),
      }
    })
}
