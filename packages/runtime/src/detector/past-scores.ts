import { Random } from '@tempocode/core'

const KEPT = 16_384 // scores, 64 KiB

/**
 * The scores that a stream has had, and how rare a new one is among them. Up to 16,384 are kept; of more, as many drawn
 * from all of them at random, each equally likely (Vitter 1985, Random Sampling with a Reservoir, algorithm R), the same
 * ones whenever the same scores come.
 */
export class PastScores {
  /** In ascending order. */
  #kept = new Float32Array(64)
  #count = 0
  #seen = 0
  readonly #random: Random

  /** @param label of the draws: two of these with different labels keep different rows */
  constructor(label: string) {
    this.#random = new Random(0, label)
  }

  /**
   * The conformal p-value of a score: (1 + the past scores that are at least as high) / (1 + the past scores). Where all
   * scores come from one distribution, whatever it is, it is at most p with probability p (Vovk et al. 2005, Algorithmic
   * Learning in a Random World; Laxhammar and Falkman 2014, Online Learning and Sequential Anomaly Detection in
   * Trajectories).
   * @param score float32, not NaN
   * @returns from 1 / (1 + the past scores) to 1
   */
  rarityOf(score: number): number {
    return (1 + this.#count - this.#below(score)) / (1 + this.#count)
  }

  /** Takes a score, float32 and not NaN, to the past. */
  add(score: number): void {
    this.#seen++
    if (this.#count < KEPT) {
      this.#grow()
      this.#insert(score)
    } else if (this.#random.uniform() * this.#seen < KEPT) {
      this.#remove(this.#random.below(KEPT)) // any of them, so that their order is no matter
      this.#insert(score)
    }
  }

  /** How many are kept that are lower. */
  #below(score: number): number {
    let first = 0
    let end = this.#count
    while (first < end) {
      const middle = (first + end) >> 1
      if (this.#kept[middle] < score) first = middle + 1
      else end = middle
    }
    return first
  }

  #insert(score: number): void {
    const place = this.#below(score)
    this.#kept.copyWithin(place + 1, place, this.#count)
    this.#kept[place] = score
    this.#count++
  }

  #remove(place: number): void {
    this.#kept.copyWithin(place, place + 1, this.#count)
    this.#count--
  }

  #grow(): void {
    if (this.#count < this.#kept.length) return
    const longer = new Float32Array(2 * this.#kept.length)
    longer.set(this.#kept)
    this.#kept = longer
  }
}
