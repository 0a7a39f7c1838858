import { describe, expect, test } from 'vitest'
import { knownProviders, laterProviders, parseProviderString } from './provider-string.ts'

describe('the providers', () => {
  test('are available or known for later, never both', () => {
    const both = Object.keys(knownProviders).filter((name) => Object.hasOwn(laterProviders, name))
    expect(both).toEqual([])
  })

  test.each(Object.entries(knownProviders))(
    '%s says what it calls in every mode',
    (_name, known) => {
      for (const [mode, { server, call }] of Object.entries(known.modes)) {
        expect(server, mode).toMatch(/\S[^.]$/)
        expect(call, mode).toMatch(/^<base_url(?: without \/v1)?>\/[a-z/\d]+$/)
        expect(known.laterModes, mode).not.toContain(mode)
      }
    },
  )

  test.each(Object.entries(knownProviders))(
    '%s has a public address that the gateway may call with the key of that address, or neither',
    (_name, { defaultBaseUrl, defaultSecretEnv }) => {
      expect(defaultBaseUrl === null).toBe(defaultSecretEnv === null)
      if (defaultBaseUrl !== null) expect(new URL(defaultBaseUrl).protocol).toBe('https:')
    },
  )
})

test('a model may hold colons', () => {
  expect(parseProviderString('openai:chat:ft:gpt-4o:me')).toEqual({
    provider: 'openai',
    mode: 'chat',
    model: 'ft:gpt-4o:me',
  })
})
