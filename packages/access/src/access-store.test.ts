import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accessDatabasePath, openAccessStore } from './access-store.ts'
import { temporaryAccess } from './fixtures/temporary-access.ts'
import { openSqlite } from './open-sqlite.ts'

const ada = { email: 'ada@example.com', password: 'correct horse battery' }
const day = 24 * 60 * 60 * 1000

const access = temporaryAccess()
const openStore = () => access.openStore()

describe('the first operator', () => {
  it('becomes an admin and can sign in', async () => {
    const store = openStore()
    expect(store.hasOperators()).toBe(false)
    const operator = await store.createFirstOperator({ ...ada, email: ' Ada@Example.com ' })
    expect(operator).toMatchObject({
      email: 'ada@example.com',
      role: 'admin',
      created: access.clock,
    })
    expect(store.hasOperators()).toBe(true)
    const { token } = await store.login('ADA@example.com', ada.password)
    expect(token).toMatch(/^kt_at_[A-Za-z0-9_-]{43}$/)
    expect(store.verifySession(token)?.operator).toEqual(operator)
  })

  it('is made once, also when two processes try at the same moment', async () => {
    const attempts = await Promise.allSettled([
      openStore().createFirstOperator(ada),
      openStore().createFirstOperator({ ...ada, email: 'eve@example.com' }),
    ])
    expect(attempts.map((attempt) => attempt.status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(openStore().createFirstOperator(ada)).rejects.toMatchObject({
      code: 'operator-exists',
    })
  })

  it.each([
    ['an e-mail without a domain', { ...ada, email: 'ada' }, 'bad-email'],
    ['an e-mail with a blank', { ...ada, email: 'a da@example.com' }, 'bad-email'],
    ['a password of eleven characters', { ...ada, password: 'elevenchars' }, 'weak-password'],
    ['the e-mail as password', { ...ada, password: 'ADA@example.com' }, 'weak-password'],
    ['one character twelve times', { ...ada, password: 'aaaaaaaaaaaa' }, 'weak-password'],
  ])('is refused with %s', async (_, credentials, code) => {
    const store = openStore()
    await expect(store.createFirstOperator(credentials)).rejects.toMatchObject({ code })
    expect(store.hasOperators()).toBe(false)
  })
})

describe('signing in', () => {
  it('says the same for an unknown e-mail and for a wrong password', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const wrong = await store.login(ada.email, 'wrong password 1').catch((error) => error)
    const unknown = await store.login('eve@example.com', ada.password).catch((error) => error)
    expect(wrong.code).toBe('wrong-password')
    expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message })
  })

  it('takes a password typed in another Unicode form', async () => {
    const store = openStore()
    await store.createFirstOperator({ ...ada, password: 'z\u00fcrich-am-see-1' })
    await expect(store.login(ada.email, 'zu\u0308rich-am-see-1')).resolves.toBeDefined()
  })

  it('makes the seventh attempt wait after six wrong passwords, also after a restart, for one minute', async () => {
    let store = openStore()
    await store.createFirstOperator(ada)
    for (let i = 0; i < 6; i++) {
      await expect(store.login(ada.email, `wrong password ${i}`)).rejects.toMatchObject({
        code: 'wrong-password',
      })
    }
    store.close()
    store = openStore()
    access.clock += 20_000
    const refused = await store.login(ada.email, ada.password).catch((error) => error)
    expect(refused.code).toBe('too-many-attempts')
    expect(refused.suggestion).toContain('40 seconds')
    access.clock += 40_000
    await expect(store.login(ada.email, ada.password)).resolves.toBeDefined()
  })

  it('counts guesses made side by side', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const guesses = Array.from({ length: 9 }, (_, i) => store.login(ada.email, `wrong pass ${i}`))
    const codes = (await Promise.allSettled(guesses)).map(
      (guess) => guess.status === 'rejected' && guess.reason.code,
    )
    expect(codes.filter((code) => code === 'wrong-password')).toHaveLength(6)
    expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(3)
  })

  it('throttles an unknown e-mail too, and others not at all', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    for (let i = 0; i < 6; i++) await store.login('eve@example.com', 'x').catch(() => undefined)
    await expect(store.login('eve@example.com', 'x')).rejects.toMatchObject({
      code: 'too-many-attempts',
    })
    await expect(store.login(ada.email, ada.password)).resolves.toBeDefined()
  })

  it('forgets wrong passwords after the right one', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 5; i++) await store.login(ada.email, 'wrong').catch(() => undefined)
      await expect(store.login(ada.email, ada.password)).resolves.toBeDefined()
    }
  })
})

describe('a session', () => {
  it('lasts 30 days', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const { token, expires } = await store.login(ada.email, ada.password)
    expect(expires).toBe(access.clock + 30 * day)
    access.clock += 30 * day - 1
    expect(store.verifySession(token)).not.toBeNull()
    access.clock += 1
    expect(store.verifySession(token)).toBeNull()
    expect(store.revokeSession(token)).toBe(false)
  })

  it('ends at once when it is revoked, seen from another process too', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const first = await store.login(ada.email, ada.password)
    const second = await store.login(ada.email, ada.password)
    const other = openStore()
    expect(other.revokeSession(first.token)).toBe(true)
    expect(store.verifySession(first.token)).toBeNull()
    expect(store.verifySession(second.token)).not.toBeNull()
    expect(other.revokeSession(first.token)).toBe(false)
  })

  it.each(['', 'kt_at_', `kt_at_${'A'.repeat(43)}`, `kt_gk_${'A'.repeat(43)}`, 'x'.repeat(1e5)])(
    'is not made up: %.20s',
    async (token) => {
      const store = openStore()
      expect(store.verifySession(token)).toBeNull()
      expect(store.revokeSession(token)).toBe(false)
    },
  )
})

describe('the files', () => {
  it('hold no password, token or e-mail of a failed login in clear', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const { token } = await store.login(ada.email, ada.password)
    await store.login('my-secret-typed-here', 'guess number one').catch(() => undefined)
    store.close()
    const bytes = readFileSync(accessDatabasePath(access.dir)).toString('latin1')
    expect(bytes).toContain(ada.email)
    for (const secret of [ada.password, token, token.slice(6), 'my-secret', 'guess number one']) {
      expect(bytes).not.toContain(secret)
    }
  })

  it.skipIf(process.platform === 'win32')('are 0600 in a folder that is 0700', async () => {
    openStore()
    const mode = (path: string) => statSync(path).mode & 0o777
    expect(mode(access.dir)).toBe(0o700)
    for (const suffix of ['', '-wal', '-shm']) {
      expect(mode(accessDatabasePath(access.dir) + suffix)).toBe(0o600)
    }
  })

  it.skipIf(process.platform === 'win32')('are made private again when they were opened up', () => {
    openStore().close()
    chmodSync(accessDatabasePath(access.dir), 0o644)
    openStore()
    expect(statSync(accessDatabasePath(access.dir)).mode & 0o777).toBe(0o600)
  })

  it.skipIf(process.platform === 'win32')('are not made where others may write', () => {
    openStore().close()
    chmodSync(access.dir, 0o777)
    expect(() => openStore()).toThrow(/Other users of this machine may write/)
  })

  it('are opened in WAL mode and stay readable for others', () => {
    openStore()
    const raw = openSqlite(accessDatabasePath(access.dir), { readonly: true })
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    raw.close()
  })

  it('of a newer version are left alone', () => {
    openStore().close()
    const raw = openSqlite(accessDatabasePath(access.dir))
    raw.pragma('user_version = 99')
    raw.close()
    expect(() => openStore()).toThrow(/newer version/)
  })

  it('that are no database, or cannot be made, are named', () => {
    mkdirSync(access.dir, { mode: 0o700 })
    writeFileSync(
      accessDatabasePath(access.dir),
      'this is not a database, only some text '.repeat(50),
    )
    expect(() => openStore()).toThrow(/access\.db cannot be used/)
    writeFileSync(join(access.dir, 'file'), '')
    expect(() => openAccessStore({ dir: join(access.dir, 'file') })).toThrow(/cannot be used/)
  })
})
