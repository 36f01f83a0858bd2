import { TempocodeError } from '@tempocode/core'

const NEWLINE = 10
const LONGEST = 2 ** 20 // characters of a line: what is longer is no table, and would fill the memory

/** A line of text, without its end, and its number from 1. */
export interface Line {
  line: number
  text: string
}

/**
 * The lines of a stream of UTF-8, each as soon as its end is there; what follows the last end is a line, too.
 * @param name of the stream, for messages
 * @throws TempocodeError `data` where the bytes are not UTF-8, or a line is longer than 2²⁰ characters
 */
export async function* textLines(
  input: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 0
  let rest = ''
  const fail = (what: string): never => {
    throw new TempocodeError('data', `${name}, line ${line + 1}: ${what}`, { line: line + 1 })
  }
  const decode = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      return fail('not UTF-8 text')
    }
  }
  for await (const chunk of input) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE) + 1; end > 0; end = chunk.indexOf(NEWLINE, start) + 1) {
      rest += decode(chunk.subarray(start, end))
      yield { line: ++line, text: rest.replace(/\r?\n$/, '') }
      rest = ''
      start = end
    }
    rest += decode(chunk.subarray(start))
    if (rest.length > LONGEST) fail(`longer than ${LONGEST} characters`)
  }
  rest += decode()
  if (rest !== '') yield { line: ++line, text: rest }
}
