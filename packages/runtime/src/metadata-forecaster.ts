import { decodeFloats } from './base64.js'
import { type Cycle, isCycle } from './forecaster/cycles.js'
import { type Part, readGoldenOutputs } from './golden.js'
import { type FileMetadata, readFileMetadata } from './metadata-common.js'
import { type Fields, isCount, isNumbers, isShare, isStrings } from './metadata-fields.js'
import { type FloatTensor, isStoredFloats } from './stored-tensor.js'

/**
 * Of a forecaster: raw rows in; the targets of the `horizon` rows after them out. Its `columns` are those that the caller
 * gives: the targets first, those known ahead last. Its `window` is the rows that it takes.
 */
export interface ForecasterMetadata extends FileMetadata {
  kind: 'forecaster'
  /** How many rows after the window are forecast. */
  horizon: number
  /** The columns that are forecast: the first ones. */
  targets: string[]
  /** The columns known ahead, the last ones: at row t stands the value of row t + horizon. */
  known?: string[]
  /** Of the calendar, which the file takes behind the columns: sin and cos of each. */
  cycles?: Cycle[]
  /** The groups that have a scale of their own, in the order in which the file counts them. */
  groups?: string[]
  /** Number of features of the encoder inside the file, where there is one. */
  features?: number
  /** The part of the values that the interval should hold; missing where the file gives none. */
  coverage?: number
  /** Rows of a season. */
  season?: number
  /** Raw → scaled: (x − center) / scale, [groups, columns]. */
  center: Float32Array
  scale: Float32Array
  golden: GoldenForecast
}

/** Raw windows, and what the reference made of them. */
export interface GoldenForecast {
  /** [n, window, columns, and two for each cycle] */
  input: FloatTensor
  /** Of each window, where the file has several groups: from 0 on. */
  group?: number[]
  /** `forecast` and, where there is an interval, `lower` and `upper`: [n, horizon, targets] each. */
  outputs: Record<string, FloatTensor>
  /** The largest difference allowed, as a part of its target's largest value, or of its scale where that is larger. */
  tolerance: number
}

/** Numbers in a row of the file's input: the columns, and two for each cycle. */
export const inputWidth = ({
  columns,
  cycles = [],
}: Pick<ForecasterMetadata, 'columns' | 'cycles'>): number => columns.length + 2 * cycles.length

/** Whether the file takes the number of a group with each window. */
export const takesGroup = ({ groups = [] }: Pick<ForecasterMetadata, 'groups'>): boolean => groups.length > 1

/** What the graph gives, in its order, by name and shape for one window. */
export const forecasterOutputs = ({
  horizon,
  targets,
  coverage,
}: Pick<ForecasterMetadata, 'horizon' | 'targets' | 'coverage'>) =>
  (coverage === undefined ? ['forecast'] : ['forecast', 'lower', 'upper']).map((name) => ({
    name,
    shape: [horizon, targets.length],
  }))

export function readForecaster(fields: Fields): ForecasterMetadata {
  const file = readFileMetadata(fields)
  const { columns, window } = file
  const names = (key: string) => fields.json(key, areNames, 'a list of different names')
  const targets = fields.json('targets', isStart(columns), 'the first of the columns')
  const known = fields.optional('known', (key) =>
    fields.json(key, isEnd(columns.slice(targets.length)), 'the last of the columns, and no targets'),
  )
  const cycles = fields.optional('cycles', (key) =>
    fields.json(key, areCycles, 'a list of different cycles of day, week and year'),
  )
  if (cycles && file.timeStep === undefined)
    fields.fail('metadata tempocode.timeStep is missing: cycles need it')
  const groups = fields.optional('groups', names)
  const horizon = fields.count('horizon')
  const coverage = fields.optional('coverage', (key) => fields.json(key, isShare, 'a number between 0 and 1'))
  const numbers = (groups?.length ?? 1) * columns.length
  const floats = (key: string) =>
    decodeFloats(fields.json(key, isFloats(numbers), `${numbers} finite floats as base64`))
  const scale = floats('scale')
  if (!scale.every((value) => value > 0)) fields.fail('metadata tempocode.scale must be above 0')
  return {
    kind: 'forecaster',
    ...file,
    horizon,
    targets,
    known,
    cycles,
    groups,
    features: fields.optional('features', (key) => fields.count(key)),
    coverage,
    season: fields.optional('season', (key) => fields.count(key)),
    center: floats('center'),
    scale,
    golden: readGoldenOutputs(
      fields,
      [window, inputWidth({ columns, cycles })],
      forecasterOutputs({ horizon, targets, coverage }),
      groupPart(groups),
    ),
  }
}

/** The group of each window, in files that take it. */
const groupPart = (groups: string[] = []): Part => ({
  what: takesGroup({ groups }) ? `n groups of 0 to ${groups.length - 1}` : '',
  fits: ({ group }, n) =>
    takesGroup({ groups })
      ? isNumbers(group, n) && group.every((i) => i === 0 || (isCount(i) && i < groups.length))
      : group === undefined,
})

const areDifferent = (items: readonly unknown[]) => new Set(items).size === items.length

const areNames = (value: unknown): value is string[] => isStrings(value) && areDifferent(value)

const areCycles = (value: unknown): value is Cycle[] =>
  isStrings(value) && areDifferent(value) && value.every(isCycle)

const isStart =
  (columns: readonly string[]) =>
  (value: unknown): value is string[] =>
    areNames(value) && value.length <= columns.length && value.every((name, i) => name === columns[i])

const isEnd =
  (columns: readonly string[]) =>
  (value: unknown): value is string[] =>
    areNames(value) &&
    value.length <= columns.length &&
    value.every((name, i) => name === columns[columns.length - value.length + i])

const isFloats =
  (length: number) =>
  (value: unknown): value is string =>
    isStoredFloats(value, length)
