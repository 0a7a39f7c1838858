import { mkdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accessDatabasePath } from './access-store.ts'
import { temporaryAccess } from './fixtures/temporary-access.ts'
import { openSqlite } from './open-sqlite.ts'
import { permissions, permissionsOf } from './permissions.ts'
import { hashSecret } from './secrets.ts'

const ada = { email: 'ada@example.com', password: 'correct horse battery' }
const eve = { email: 'eve@example.com', password: 'staple of another kind' }
const day = 24 * 60 * 60 * 1000

const access = temporaryAccess()
const openStore = () => access.openStore()

describe('operators', () => {
  it('are added, listed, given another role and removed with their sessions', async () => {
    const store = openStore()
    const first = await store.createFirstOperator(ada)
    const added = await store.addOperator(eve, 'viewer')
    expect(store.operators.list()).toEqual([first, added])
    const { token } = await store.login(eve.email, eve.password)
    expect(store.authenticate(token)?.permissions).toEqual(permissionsOf.viewer)
    store.operators.setRole(added.id, 'auditor')
    expect(store.authenticate(token)?.permissions).toEqual(permissionsOf.auditor)
    store.operators.remove(added.id)
    expect(store.authenticate(token)).toBeNull()
    expect(store.operators.list()).toEqual([first])
  })

  it('never leave the gateway without an admin who has a password', async () => {
    const store = openStore()
    const { id } = await store.createFirstOperator(ada)
    const outside = { issuer: 'https://idp', subject: '7', email: 'x@example.com' }
    store.signInExternal({ ...outside, role: 'admin' })
    for (const change of [
      () => store.operators.remove(id),
      () => store.operators.setRole(id, 'viewer'),
    ])
      expect(change).toThrow(expect.objectContaining({ code: 'last-admin' }))
    await store.addOperator(eve, 'admin')
    expect(store.operators.setRole(id, 'viewer').role).toBe('viewer')
  })

  it('lose their sessions with their password', async () => {
    const store = openStore()
    const { id } = await store.createFirstOperator(ada)
    const { token } = await store.login(ada.email, ada.password)
    await store.setPassword(id, 'another long password')
    expect(store.authenticate(token)).toBeNull()
    await expect(store.login(ada.email, ada.password)).rejects.toMatchObject({
      code: 'wrong-password',
    })
    await store.login(ada.email, 'another long password')
    await expect(store.setPassword(id, 'short')).rejects.toMatchObject({ code: 'weak-password' })
  })

  it('cannot be taken over from an OpenID provider by giving the same e-mail address', async () => {
    const store = openStore()
    const first = await store.createFirstOperator(ada)
    const outside = store.signInExternal({
      issuer: 'https://idp',
      subject: '7',
      email: ada.email,
      role: 'viewer',
    })
    expect(outside.operator.id).not.toBe(first.id)
    expect(store.authenticate(outside.token)?.operator.role).toBe('viewer')
    expect((await store.login(ada.email, ada.password)).operator).toEqual(first)
    const again = store.signInExternal({
      issuer: 'https://idp',
      subject: '7',
      email: 'new@example.com',
      role: 'operator',
    })
    expect(again.operator).toMatchObject({ id: outside.operator.id, role: 'operator' })
    await expect(
      store.setPassword(outside.operator.id, 'another long password'),
    ).rejects.toMatchObject({ code: 'operator-unknown' })
    await expect(store.login('new@example.com', '')).rejects.toMatchObject({
      code: 'wrong-password',
    })
  })
})

describe('somebody from an OpenID provider', () => {
  const grace = {
    issuer: 'https://idp',
    subject: '7',
    email: ' Grace@Example.com ',
    role: 'operator',
  } as const

  it('is signed in for half a day, under an address in its usual form', () => {
    const store = openStore()
    const { operator, token, expires } = store.signInExternal(grace)
    expect(operator.email).toBe('grace@example.com')
    expect(expires).toBe(access.clock + day / 2)
    access.clock = expires - 1
    expect(store.authenticate(token)?.operator).toEqual(operator)
    access.clock = expires
    expect(store.authenticate(token)).toBeNull()
    for (const email of ['grace', 'grace@', 'a b@example.com', 'a@example.com\u0000'])
      expect(() => store.signInExternal({ ...grace, email })).toThrow(
        expect.objectContaining({ code: 'bad-email' }),
      )
  })

  it('does not keep the first operator with a password from being made', async () => {
    const store = openStore()
    store.signInExternal({ ...grace, role: 'admin' })
    expect(store.hasOperators()).toBe(false)
    expect(await store.createFirstOperator(ada)).toMatchObject({ role: 'admin', issuer: null })
    expect(store.hasOperators()).toBe(true)
    await expect(store.createFirstOperator(eve)).rejects.toMatchObject({ code: 'operator-exists' })
  })
})

describe('an API token', () => {
  it('may do what its scopes say, as long as its operator may', async () => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const operator = await store.addOperator(eve, 'auditor')
    const scopes = ['events:read', 'status:read']
    const { token, secret } = store.tokens.create({
      ...{ operator, name: 'siem', scopes, expires: access.clock + day },
    })
    expect(secret).toMatch(/^kt_pt_/)
    expect(store.authenticate(secret)).toMatchObject({
      kind: 'token',
      tokenId: token.id,
      permissions: ['status:read', 'events:read'],
    })
    store.operators.setRole(operator.id, 'viewer')
    expect(store.authenticate(secret)?.permissions).toEqual(['status:read'])
    store.operators.remove(operator.id)
    expect(store.authenticate(secret)).toBeNull()
  })

  it('ends when it is revoked, also for another process, and when it expires', async () => {
    const [here, there] = [openStore(), openStore()]
    const operator = await here.createFirstOperator(ada)
    const input = { operator, name: 'ci', scopes: ['config:reload'], expires: access.clock + day }
    const first = here.tokens.create(input)
    const second = here.tokens.create(input)
    expect(there.tokens.list(operator.id).map(({ id }) => id)).toEqual([
      second.token.id,
      first.token.id,
    ])
    here.tokens.revoke(first.token.id)
    expect(there.authenticate(first.secret)).toBeNull()
    access.clock += day
    expect(there.authenticate(second.secret)).toBeNull()
  })

  it.each([
    [['operators:write'], 'does not have operators:write'],
    [['everything'], `Scopes: ${permissions.join(', ')}`],
    [[], 'has no scope'],
  ])('is refused with the scopes %j', async (scopes, message) => {
    const store = openStore()
    await store.createFirstOperator(ada)
    const operator = await store.addOperator(eve, 'viewer')
    expect(() =>
      store.tokens.create({ operator, name: 'x', scopes, expires: access.clock + day }),
    ).toThrow(
      expect.objectContaining({ code: 'bad-token', message: expect.stringContaining(message) }),
    )
  })
})

/** The tables as version 1 made them, with an operator who is signed in. */
function writeVersion1(token: string): void {
  mkdirSync(access.dir, { mode: 0o700, recursive: true })
  const db = openSqlite(accessDatabasePath(access.dir))
  db.exec(`
    CREATE TABLE operators (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('admin', 'auditor')), created INTEGER NOT NULL) STRICT;
    CREATE TABLE sessions (token_hash BLOB PRIMARY KEY, operator_id TEXT NOT NULL REFERENCES operators (id),
      created INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER) STRICT;
    CREATE TABLE login_failures (id INTEGER PRIMARY KEY, email_hash BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX login_failures_by_email ON login_failures (email_hash, at);
    PRAGMA user_version = 1;`)
  db.prepare('INSERT INTO operators VALUES (?, ?, ?, ?, ?)').run('op_1', ada.email, 'x', 'admin', 5)
  db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, NULL)').run(
    ...[hashSecret(token), 'op_1', 5, access.clock + day],
  )
  db.close()
}

describe('a store of version 1', () => {
  it('keeps its operators and sessions, and takes new roles', async () => {
    const token = `kt_at_${'a'.repeat(43)}`
    writeVersion1(token)
    const store = openStore()
    expect(store.authenticate(token)?.operator).toEqual({
      ...{ id: 'op_1', email: ada.email, role: 'admin', created: 5, issuer: null },
    })
    await store.addOperator(eve, 'viewer')
    expect(openStore().operators.list()).toHaveLength(2)
    store.operators.remove(store.operators.list().find(({ role }) => role === 'viewer')?.id ?? '')
    expect(readFileSync(store.file).length).toBeGreaterThan(0)
  })
})
