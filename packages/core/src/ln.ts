const LN2_HIGH = 0.6931471803691238 // its last 32 bits are 0, so that e · LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10

/**
 * The natural logarithm of a positive, finite, normal number, to about 1e-15, from +, −, × and ÷ alone.
 *
 * `Math.log` may differ in its last bit from one JavaScript engine to the next; what is drawn from a seed must not.
 * With x = m · 2^e and m in [√½, √2), ln m = 2 artanh s for s = (m − 1) / (m + 1), |s| < 0.172.
 */
export function ln(x: number): number {
  let m = x
  let e = 0
  while (m >= Math.SQRT2) {
    m /= 2
    e++
  }
  while (m < Math.SQRT1_2) {
    m *= 2
    e--
  }
  const s = (m - 1) / (m + 1)
  const s2 = s * s
  let series = 0
  for (let k = 21; k >= 1; k -= 2) series = series * s2 + 1 / k
  return e * LN2_HIGH + (2 * s * series + e * LN2_LOW)
}
