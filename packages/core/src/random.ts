import { TempocodeError } from './errors.js'
import { ln } from './ln.js'

/**
 * Seeded random numbers, the same on every machine and in every JavaScript engine: only integer arithmetic,
 * the four operations and `Math.sqrt` (which IEEE 754 rounds correctly) are used.
 *
 * The generator is sfc32 of PractRand (C. Doty-Humphrey), seeded by a number and, for independent streams from the
 * same seed, a label: `new Random(0, 'shuffle')` and `new Random(0, 'weights')` have nothing in common.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1
  #spare: number | undefined

  /** @param seed a whole number of at most 2⁵³ in size */
  constructor(seed: number, label = '') {
    if (!Number.isSafeInteger(seed)) {
      throw new TempocodeError('option', `seed ${seed} is not allowed; use a whole number`)
    }
    this.#a = seed | 0
    this.#b = Math.floor(seed / 2 ** 32) | 0
    this.#c = hash(label)
    for (let i = 0; i < 15; i++) this.uint32()
  }

  /** A whole number in [0, 2³²). */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A number in [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.uint32() / 2 ** 32
  }

  /** A whole number in [0, n), every one equally likely: draws that would favour some are thrown away. */
  below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n)
    let draw = this.uint32()
    while (draw >= limit) draw = this.uint32()
    return draw % n
  }

  /** A normally distributed number of mean 0 and variance 1, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare
      this.#spare = undefined
      return spare
    }
    let u: number
    let v: number
    let s: number
    do {
      u = 2 * this.uniform() - 1
      v = 2 * this.uniform() - 1
      s = u * u + v * v
    } while (s >= 1 || s === 0)
    const scale = Math.sqrt((-2 * ln(s)) / s)
    this.#spare = v * scale
    return u * scale
  }

  /** Puts the items into random order, in place (Fisher and Yates). */
  shuffle<T extends { length: number; [index: number]: number }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const item = items[i]
      items[i] = items[j]
      items[j] = item
    }
    return items
  }
}

/** FNV-1a over the label's UTF-16 units. */
function hash(label: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < label.length; i++) h = Math.imul(h ^ label.charCodeAt(i), 0x01000193)
  return h | 0
}
