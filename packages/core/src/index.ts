export { type ErrorCode, type Place, TempocodeError } from './errors.js'
export { ln } from './ln.js'
export { Random } from './random.js'
export { version } from './version.js'
