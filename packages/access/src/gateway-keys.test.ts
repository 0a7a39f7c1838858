import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { temporaryAccess } from './fixtures/temporary-access.ts'

const access = temporaryAccess()
const openStore = () => access.openStore()

describe('a gateway key', () => {
  it('is known by its secret, which stands nowhere', () => {
    const store = openStore()
    const { key, secret } = store.keys.create({
      subject: 'billing',
      roles: ['analyst', 'analyst', 'reader'],
      models: ['gpt-*', 'my-model'],
      name: 'the nightly job',
    })
    expect(secret).toMatch(/^kt_gk_[A-Za-z0-9_-]{43}$/)
    expect(key).toEqual({
      id: expect.stringMatching(/^gk_[0-9a-f]{12}$/),
      name: 'the nightly job',
      subject: 'billing',
      roles: ['analyst', 'reader'],
      models: ['gpt-*', 'my-model'],
      created: access.clock,
      expires: null,
      revoked: null,
    })
    expect(store.keys.verify(secret)).toEqual(key)
    expect(store.keys.list()).toEqual([key])
    for (const suffix of ['', '-wal'])
      expect(readFileSync(`${store.file}${suffix}`).includes(secret)).toBe(false)
  })

  it('ends at once when another process revokes it, and stays in the list', () => {
    const [here, there] = [openStore(), openStore()]
    const { key, secret } = here.keys.create({ subject: 'billing' })
    expect(there.keys.verify(secret)).toEqual(key)
    access.clock += 1000
    expect(here.keys.revoke(key.id)).toMatchObject({ id: key.id, revoked: access.clock })
    expect(there.keys.verify(secret)).toBe('revoked')
    access.clock += 1000
    expect(there.keys.revoke(key.id)).toMatchObject({ revoked: access.clock - 1000 })
    expect(there.keys.list()).toHaveLength(1)
    expect(there.keys.revoke('gk_000000000000')).toBeNull()
  })

  it('expires, to the millisecond', () => {
    const { keys } = openStore()
    const { secret } = keys.create({ subject: 'billing', expires: access.clock + 1 })
    expect(keys.verify(secret)).toMatchObject({ subject: 'billing' })
    access.clock += 1
    expect(keys.verify(secret)).toBe('expired')
  })

  it.each([
    'kt_gk_',
    'kt_gk_short',
    `kt_gk_${'a'.repeat(44)}`,
    `kt_gk_${'ä'.repeat(43)}`,
    'unused',
  ])('is not made of %s', (text) => {
    expect(openStore().keys.verify(text)).toBe('malformed')
  })

  it('proves nothing with any character of it another one', () => {
    const { keys } = openStore()
    const { secret } = keys.create({ subject: 'billing' })
    for (let at = 0; at < secret.length; at++) {
      const other = secret[at] === 'A' ? 'B' : 'A'
      const text = secret.slice(0, at) + other + secret.slice(at + 1)
      expect(keys.verify(text)).toMatch(/^(unknown|malformed)$/)
    }
  })

  it('is unknown when nobody made it, and when it is a session', () => {
    const { keys } = openStore()
    expect(keys.verify(`kt_gk_${'a'.repeat(43)}`)).toBe('unknown')
    expect(keys.verify(`kt_at_${'a'.repeat(43)}`)).toBe('malformed')
  })

  it.each([
    [{ subject: '' }, 'A subject is empty'],
    [{ subject: 'a\nb' }, 'A subject is empty'],
    [{ subject: 'a', roles: ['x,y'] }, 'holds a comma'],
    [{ subject: 'a', models: [] }, 'could call none'],
    [{ subject: 'a', models: ['g*t'] }, 'not its last character'],
    [{ subject: 'a', expires: 5 }, 'expired already'],
    [{ subject: 'a', roles: Array.from({ length: 101 }, (_, i) => `r${i}`) }, 'more than 100'],
  ])('is refused for %j', (input, message) => {
    expect(() => openStore().keys.create(input)).toThrow(
      expect.objectContaining({ code: 'bad-key', message: expect.stringContaining(message) }),
    )
  })
})
