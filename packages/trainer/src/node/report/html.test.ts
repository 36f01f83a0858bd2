import { expect, test } from 'vitest'
import { html, markup } from './html.js'

test('what is put into a template is escaped, in text and in quotes', () => {
  const name = `<script>alert("1")</script> & 'x'`
  const { text } = html`<p title="${name}">${name}</p>`
  expect(text).toBe(`<p title="${escaped}">${escaped}</p>`)
})
const escaped = '&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;x&#39;'

test('pieces of HTML, lists of them and nothing at all are put in as they are', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
  expect(html`<ul>${items}${markup('<hr>')}${undefined}${false}${0}</ul>`.text).toBe(
    '<ul><li>a</li><li>&#60;b&#62;</li><hr>0</ul>',
  )
})

test('characters that no document may hold are replaced', () => {
  expect(html`${'a\u0000b\u0085c\ud800d\u{1f600}'}`.text).toBe('a\ufffdb\ufffdc\ufffdd\u{1f600}')
})
