/** Text for an XML document. Characters that XML 1.0 does not allow become U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

/** An element with its attributes, escaped, around its content, which is XML. Numbers have one decimal at most. */
export function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value!)}"`)
  return `<${name}${written.join('')}${content.length > 0 ? `>${content.join('')}</${name}>` : '/>'}`
}

type Attributes = Readonly<Record<string, string | number | undefined>>

/** Tenths of a pixel are as fine as a screen shows. */
export const round = (value: number): number => Math.round(value * 10) / 10
