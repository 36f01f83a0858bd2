/** A piece of a page. Only {@link html} makes it of text, which it escapes, and {@link markup} of what is markup already. */
export class Html {
  constructor(readonly text: string) {}
}

export type Content = string | number | Html | undefined | false | readonly Content[]

/** A template of HTML: whatever is put into it is escaped, but for pieces that are HTML. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts.reduce((text, part, i) => text + textOf(values[i - 1]) + part))
}

/** Markup that was made elsewhere, such as a picture. */
export const markup = (text: string): Html => new Html(text)

function textOf(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Html) return content.text
  if (typeof content === 'object') return content.map(textOf).join('')
  return escapeHtml(String(content))
}

/** Text for HTML, also within quotes. Characters that no document may hold become U+FFFD. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
