import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../paths.js'

const DATA = join(root, '../shared/data')

/** Something that a row needs is not there: the row is left out. */
export class Missing extends Error {}

/**
 * Real data, which are no part of the project; their README says what they are and how others use them.
 * @throws Missing
 */
export function fileOf(...names: string[]): string {
  const path = join(DATA, ...names)
  if (existsSync(path)) return path
  throw new Missing(`there is no ${path}`)
}
