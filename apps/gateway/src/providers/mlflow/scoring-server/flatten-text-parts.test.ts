import { scanJson } from '@keeptrusts/core'
import { expect, test } from 'vitest'
import { flattenTextParts } from './flatten-text-parts.ts'

const flatten = (messages: string) => {
  const source = `{"messages": ${messages}}`
  const root = scanJson(source)
  if (root.kind !== 'object') throw new Error('an object expected')
  return flattenTextParts(root.entries[0]!.value, source)
}

test('a list of text parts becomes one string', () => {
  const parts = '[{"type":"text","text":"one"},{"type":"text","text":"two \\u00e9"}]'
  expect(flatten(`[{"role":"user", "content": ${parts}, "x": 1e400}]`)).toBe(
    '[{"role":"user", "content": "one\\ntwo é", "x": 1e400}]',
  )
})

test.each([
  '[{"role":"user","content":"plain"}]',
  '[{"role":"assistant","content":null}]',
  '[{"role":"user","content":[]}]',
  '[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"x"}}]}]',
])('%s stays as it is', (messages) => {
  expect(flatten(messages)).toBe(messages)
})
