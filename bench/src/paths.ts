import { fileURLToPath } from 'node:url'

/** The package's folder: this file is one below it, in `src`, and so is the chunk of it in `dist`. */
export const bench = fileURLToPath(new URL('..', import.meta.url))
export const root = fileURLToPath(new URL('../..', import.meta.url))
/** What is installed for peers, kept from run to run. */
export const cache = fileURLToPath(new URL('../../node_modules/.cache/tempocode/bench', import.meta.url))
