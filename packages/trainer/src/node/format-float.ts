const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)
const tens = Float64Array.from({ length: 16 }, (_, power) => 10 ** power)
const [MINUS, POINT, ZERO] = [45, 46, 48]

/** The most bytes that a float may take. */
export const LONGEST_FLOAT = 24

/**
 * Writes the shortest decimal that gives back this 32-bit float, which `String` does for doubles alone: 0.1 in 32
 * bits is written 0.1 and not 0.10000000149011612. (Powers of two, and large numbers for which a decimal lies right
 * between two floats, may get a digit more than they need.) As bytes, because tables have many millions of these.
 * @returns where the next byte goes
 */
export function writeFloat32(x: number, bytes: Uint8Array, at: number): number {
  const size = Math.abs(x)
  if (!(size >= 1e-6 && size < 1e9)) return writeAny(x, bytes, at)
  // size = scaled · 10^-decimals, with scaled in [1e8, 1e9): nine digits always tell floats apart
  let decimals = 8 - Math.floor(Math.log10(size))
  let scaled = size * tens[decimals]
  if (scaled < 1e8) scaled = size * tens[++decimals]
  if (scaled >= 1e9) scaled = size * tens[--decimals]
  // digits may go as long as the decimal stays nearer to this float than to its neighbours
  float[0] = size
  const fraction = bits[0] & 0x7fffff // of the mantissa; at 0, the neighbour below is at half the distance
  const reach = ((0.999999 * scaled) / (1 + fraction / 2 ** 23)) * (fraction === 0 ? 2 ** -25 : 2 ** -24)
  let unit = 1000
  for (decimals -= 3; unit > 1 && Math.abs(Math.round(scaled / unit) * unit - scaled) >= reach; decimals++)
    unit /= 10
  if (x < 0) bytes[at++] = MINUS
  return writeDecimal(Math.round(scaled / unit), decimals, bytes, at)
}

/** Writes whole · 10^-decimals, without needless zeros. */
function writeDecimal(whole: number, decimals: number, bytes: Uint8Array, at: number): number {
  for (; decimals < 0; decimals++) whole *= 10
  for (; decimals > 0 && whole % 10 === 0; decimals--) whole /= 10
  let length = decimals + 1 // digits, of which the ones before the point are at least one
  for (let next = tens[length]; next <= whole; next *= 10) length++
  const end = at + length + (decimals > 0 ? 1 : 0)
  for (let i = end - 1, place = 0; i >= at; i--, place++) {
    if (place === decimals && decimals > 0) bytes[i--] = POINT
    const rest = Math.floor(whole / 10)
    bytes[i] = ZERO + whole - 10 * rest
    whole = rest
  }
  return end
}

function writeAny(x: number, bytes: Uint8Array, at: number): number {
  let text = String(Number(x.toPrecision(9)))
  for (let digits = 8; digits >= 6; digits--) {
    const shorter = Number(x.toPrecision(digits))
    if (Math.fround(shorter) === x) text = String(shorter)
  }
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
  return at + text.length
}
