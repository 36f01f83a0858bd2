/** An element of a document, as a test sees it. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  /** Of itself alone, without its children's. */
  text: string
}

const TAG = /<(\/?)([a-z][\w-]*)((?:\s+[a-zA-Z][\w:-]*="[^"<]*")*)(\/?)>/y
const ATTRIBUTE = /([a-zA-Z][\w:-]*)="([^"]*)"/g
const TEXT = /[^<]+/y

/** Reads the XML that we write, strictly: elements, attributes and text, no two attributes of a name, one root. */
export function readXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let at = 0
  while (at < source.length) {
    TAG.lastIndex = TEXT.lastIndex = at
    const inner = open.at(-1)!
    const text = TEXT.exec(source)?.[0]
    if (text !== undefined) {
      inner.text += plain(text)
      at += text.length
      continue
    }
    const tag = TAG.exec(source)
    if (!tag) throw new Error(`not well-formed at ${at}: ${source.slice(at, at + 60)}`)
    at = TAG.lastIndex
    const [, closes, name, written, closed] = tag
    if (closes) {
      if (inner.name !== name || written || closed) throw new Error(`</${name}> where ${inner.name} is open`)
      open.pop()
      continue
    }
    const attributes = [...written.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, plain(value)] as const)
    if (new Set(attributes.map(([key]) => key)).size < attributes.length)
      throw new Error(`twice in ${tag[0]}`)
    const element = { name, attributes: Object.fromEntries(attributes), children: [], text: '' }
    inner.children.push(element)
    if (!closed) open.push(element)
  }
  if (open.length > 1) throw new Error(`${open.at(-1)!.name} is not closed`)
  if (root.children.length !== 1 || root.text)
    throw new Error('a document has one root and nothing beside it')
  return root.children[0]
}

/** All elements of a name, in the order of the document. */
export const elementsOf = (element: XmlElement, name: string): XmlElement[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => elementsOf(child, name)),
]

function plain(text: string): string {
  if (/&(?!#\d+;)/.test(text)) throw new Error(`a bare & in ${text}`)
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
}
