import { expect, it } from 'vitest'
import { closest } from './suggest.ts'

const names = ['base_url', 'secret_key_ref', 'api_key_header', 'PHONE_NUMBER', 'chat', 'id']

it.each([
  ['baseUrl', 'base_url'],
  ['base-url', 'base_url'],
  ['phone_numer', 'PHONE_NUMBER'],
  ['secret_key_reff', 'secret_key_ref'],
  ['chta', 'chat'],
  ['di', 'id'],
])('%s means %s', (word, expected) => {
  expect(closest(word, names)).toBe(expected)
})

it.each(['wholly-different', '', 'x', 'a'.repeat(5000)])('%j means nothing known', (word) => {
  expect(closest(word, names.slice(0, 4))).toBeNull()
})
