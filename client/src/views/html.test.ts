import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from './html.ts'

test('text stays text, between tags and in attributes', () => {
  const text = `<img src=x onerror="alert(1)"> & 'x'`
  expect(html`<p title="${text}">${text}</p>`.markup).toBe(
    `<p title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;x&#39;">&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;x&#39;</p>`,
  )
})

test('what was made by it is taken as it is, lists in order, nothing for what is not there', () => {
  const items = ['a', '<b>'].map(item => html`<li>${item}</li>`)
  expect(html`<ul>${items}</ul>${undefined}${false}${0}`.markup).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>0',
  )
})

test('no text opens a tag, ends an attribute, or begins an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const [, inside = ''] = /^<p title="(.*)"><\/p>$/s.exec(html`<p title="${text}"></p>`.markup) ?? []
      expect(inside).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
    }),
  )
})
