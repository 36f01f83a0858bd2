import { readdirSync, readFileSync } from 'node:fs'
import { fileOf } from '../family/data.js'

export const SENSORS = [
  'Accelerometer1RMS',
  'Accelerometer2RMS',
  'Current',
  'Pressure',
  'Temperature',
  'Thermocouple',
  'Voltage',
  'Volume Flow RateRMS',
]

/** A run of the rig. */
export interface RigRun {
  name: string
  /** Rows × 8 sensors. */
  values: Float32Array
  /** Of each row 1 where it is anomalous, else 0; none in the anomaly-free run. */
  labels: Uint8Array
}

/**
 * SKAB's runs with anomalies, in the order of the files' names.
 * @throws Missing where they are not there
 */
export const rigRuns = (): RigRun[] =>
  ['other', 'valve1', 'valve2'].flatMap((folder) =>
    readdirSync(fileOf('skab', 'data', folder))
      .sort()
      .map((file) => rigRun(`${folder}/${file}`)),
  )

/**
 * The run without anomalies.
 * @throws Missing where it is not there
 */
export const anomalyFree = (): RigRun => rigRun('anomaly-free/anomaly-free.csv')

function rigRun(name: string): RigRun {
  const [head, ...lines] = readFileSync(fileOf('skab', 'data', name), 'utf8')
    .trim()
    .split(/\r?\n/)
  const columns = head.split(';')
  const rows = lines.map((line) => line.split(';').map(Number))
  const places = SENSORS.map((sensor) => columns.indexOf(sensor))
  const label = columns.indexOf('anomaly')
  return {
    name,
    values: Float32Array.from(rows.flatMap((row) => places.map((place) => row[place]))),
    labels: Uint8Array.from(rows, (row) => row[label] ?? 0),
  }
}
