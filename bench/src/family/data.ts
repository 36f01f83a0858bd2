import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../paths.js'

const DATA = join(root, '../shared/data')

/** A file of data is not there: the rows that need it are left out. */
export class MissingData extends Error {}

/**
 * Real data, which are no part of the project; their README says what they are and how others use them.
 * @throws MissingData
 */
export function fileOf(...names: string[]): string {
  const path = join(DATA, ...names)
  if (existsSync(path)) return path
  throw new MissingData(`there is no ${path}`)
}
