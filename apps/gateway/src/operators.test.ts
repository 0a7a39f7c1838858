import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccessStore, Permission, Role } from '@keeptrusts/access'
import { openAccessStore, permissions, permissionsOf, roles } from '@keeptrusts/access'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TestGateway } from './fixtures/test-gateway.ts'
import { chatBody, endAll, post, startTestGateway, yamlFor } from './fixtures/test-gateway.ts'
import { openOperators } from './operators/open-operators.ts'
import type { Need, OperatorRoute } from './operators/route.ts'

const yaml = yamlFor({ baseUrl: 'http://127.0.0.1:9/v1' })
const password = 'correct horse battery'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

interface Ask {
  readonly method?: string
  readonly token?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Over a real socket, with whatever headers a browser would not let a page set. */
function ask(url: string, path: string, { method = 'GET', token, body, headers }: Ask = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(`${url}/keeptrusts${path}`, {
      method,
      agent: false,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('latin1')
        resolve({ status: Number(response.statusCode), headers: response.headers, text })
      })
    })
    sent.end(body)
  })
}

const codeOf = ({ text }: Answer): string => JSON.parse(text).error.code

let folder: string
let store: AccessStore
let admin: Awaited<ReturnType<AccessStore['login']>>
let now = Date.now()
const sessions = new Map<Role, string>()

/** Operators cost a hash each, so all tests of this file share them; sign-ins elsewhere cost none. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kt-operators-'))
  store = openAccessStore({ dir: folder, now: () => now })
  await store.createFirstOperator({ email: 'ada@example.com', password })
  admin = await store.login('ada@example.com', password)
  for (const role of roles) sessions.set(role, outsider(role, role))
})

afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
})

afterEach(async () => {
  await endAll()
  // The operators stay, the log does not.
  for (const part of ['audit', 'config'])
    rmSync(join(folder, part), { recursive: true, force: true, maxRetries: 3 })
  now = Date.now()
})

function outsider(role: Role, subject: string): string {
  const identity = { issuer: 'https://idp.example', subject, email: `${subject}@example.com`, role }
  return store.signInExternal(identity).token
}

const tokenOf = (role: Role): string => sessions.get(role) ?? ''

function start(
  options: Partial<Parameters<typeof startTestGateway>[1]> = {},
): Promise<TestGateway> {
  return startTestGateway(yaml, {
    dataDir: folder,
    configDir: join(folder, 'config'),
    now: () => now,
    adminListen: { host: '127.0.0.1', port: 0 },
    ...options,
  })
}

/** For a table that is only looked at. */
const facts = {
  reloader: {
    lastFailure: null,
    reload: async () => {
      throw new Error('nothing is asked of it')
    },
  },
  url: () => '',
  tls: () => null,
}

function tableOf({ gateway }: TestGateway): readonly OperatorRoute[] {
  return openOperators(gateway, facts).routes
}

/** A request to a row that changes nothing: ids nobody has, bodies that are refused. */
function harmless({ method, path }: OperatorRoute): readonly [string, Ask] {
  const place = path.replace(':log', '0'.repeat(32)).replace(/:\w+/g, '0')
  return [place, { method, ...((method === 'POST' || method === 'PATCH') && { body: '[]' }) }]
}

const mayUse = (role: Role, needs: Need): boolean =>
  ['public', 'token', 'session'].includes(needs) ||
  permissionsOf[role].includes(needs as Permission)

describe('the permission table', () => {
  it('is the whole router: nothing else is routed, and everything in it has a need', async () => {
    const { gateway } = await start()
    const doors = openOperators(gateway, facts)
    const app = doors.appFor('127.0.0.1')
    const routed = new Set(
      app.routes.filter(({ method }) => method !== 'ALL').map((row) => `${row.method} ${row.path}`),
    )
    const rows = doors.routes.map(({ method, path }) => `${method} /keeptrusts${path}`)
    expect([...routed].sort()).toEqual([...new Set(rows)].sort())
    expect(rows).toHaveLength(new Set(rows).size)
    for (const { needs } of doors.routes)
      expect(['public', 'token', 'session', ...permissions]).toContain(needs)
    const open = doors.routes.filter(({ needs }) => needs === 'public').map(({ path }) => path)
    expect(open).toEqual(['/auth/methods', '/auth/login', '/auth/oidc'])
  })

  it.each(roles)(
    'lets %s use what the role allows, on both addresses, and nothing else',
    async (role) => {
      const gateway = await start()
      for (const url of [gateway.url, gateway.adminUrl ?? '']) {
        for (const row of tableOf(gateway)) {
          if (row.path === '/auth/logout') continue
          const [path, how] = harmless(row)
          const { status } = await ask(url, path, { ...how, token: tokenOf(role) })
          const refused = status === 401 || status === 403
          expect([row.method, row.path, refused]).toEqual([
            row.method,
            row.path,
            !mayUse(role, row.needs),
          ])
        }
      }
    },
  )

  it('refuses no token, an expired, a revoked and a wrong one, and one without the scope', async () => {
    const { operator } = admin
    const make = (scopes: readonly string[]) =>
      store.tokens.create({ operator, name: 'ci', scopes, expires: now + 3_600_000 })
    const [revoked, narrow] = [make(permissions), make(['tokens:write'])]
    const expired = store.tokens.create({
      operator,
      name: 'old',
      scopes: permissions,
      expires: now + 1,
    })
    store.tokens.revoke(revoked.token.id)
    now += 10
    // Three refusals for each row would make the address wait.
    let asked = 0
    const gateway = await start({ now: () => now + 61_000 * asked })
    for (const row of tableOf(gateway).filter(({ needs }) => needs !== 'public')) {
      const [path, how] = harmless(row)
      asked += 1
      for (const token of [
        undefined,
        expired.secret,
        revoked.secret,
        'kt_at_x',
        `kt_gk_${'a'.repeat(43)}`,
      ]) {
        const answer = await ask(gateway.url, path, {
          ...how,
          ...(token !== undefined && { token }),
        })
        expect([row.path, answer.status]).toEqual([row.path, 401])
        expect(answer.headers['cache-control']).toBe('no-store')
      }
    }
    const unscoped = tableOf(gateway).filter(({ needs }) => needs !== 'public' && needs !== 'token')
    for (const row of unscoped.filter(({ needs }) => needs !== 'tokens:write')) {
      const [path, how] = harmless(row)
      const answer = await ask(gateway.url, path, { ...how, token: narrow.secret })
      expect([row.path, answer.status, codeOf(answer)]).toEqual([row.path, 403, 'access-denied'])
    }
  })

  it('answers 401 to whoever shows nothing and 404 to the others where there is nothing', async () => {
    const { url } = await start()
    for (const path of ['', '/', '/nothing', '/log/events', '/log/tasks', '/operators/x/y']) {
      expect([path, (await ask(url, path)).status]).toEqual([path, 401])
      expect([path, (await ask(url, path, { token: tokenOf('admin') })).status]).toEqual([
        path,
        404,
      ])
    }
  })

  it('records what was refused, with who was', async () => {
    const gateway = await start()
    await ask(gateway.url, '/operators', { token: tokenOf('viewer') })
    await ask(gateway.url, '/operators', { token: 'kt_at_wrong' })
    await expect.poll(() => gateway.records('access.denied')).toHaveLength(1)
    expect(gateway.records('access.denied')[0]).toMatchObject({
      ...{ needs: 'operators:write', method: 'GET' },
      actor: { operator: 'viewer@example.com', role: 'viewer', via: 'session' },
    })
    expect(gateway.records('auth.failed')[0]).toMatchObject({ reason: 'session-expired' })
  })
})

describe('tokens', () => {
  it('lose at once what their owner loses, and end with their owner', async () => {
    const { url } = await start()
    const session = outsider('operator', 'grace')
    const body = JSON.stringify({
      name: 'ci',
      scopes: ['keys:read', 'status:read'],
      expires_in_days: 90,
    })
    const made = await ask(url, '/auth/tokens', { method: 'POST', token: session, body })
    expect(made.status).toBe(201)
    const { token } = JSON.parse(made.text)
    expect(token).toMatch(/^kt_pt_/)
    const read = async () => (await ask(url, '/keys', { token })).status
    expect(await read()).toBe(200)
    outsider('viewer', 'grace')
    expect(await read()).toBe(403)
    expect((await ask(url, '/status', { token })).status).toBe(200)
    const grace = store.operators.list().find(({ email }) => email === 'grace@example.com')
    const removal = { method: 'DELETE', token: tokenOf('admin') }
    expect((await ask(url, `/operators/${grace?.id}`, removal)).status).toBe(204)
    expect(await read()).toBe(401)
  })

  it('cannot make a token that may more, nor see or end those of others', async () => {
    const { url } = await start()
    const token = tokenOf('viewer')
    const wide = JSON.stringify({ name: 'x', scopes: ['operators:write'], expires_in_days: 1 })
    expect((await ask(url, '/auth/tokens', { method: 'POST', token, body: wide })).status).toBe(403)
    const { operator } = admin
    const expires = now + 3_600_000
    const other = store.tokens.create({ operator, name: 'admin', scopes: ['status:read'], expires })
    expect(JSON.parse((await ask(url, '/auth/tokens', { token })).text).tokens).toEqual([])
    const path = `/auth/tokens/${other.token.id}`
    expect((await ask(url, path, { method: 'DELETE', token })).status).toBe(404)
    expect(store.tokens.verify(other.secret)).not.toBeNull()
  })

  it('the last admin with a password stays', async () => {
    const { url } = await start()
    const how = { method: 'DELETE', token: tokenOf('admin') }
    const answer = await ask(url, `/operators/${admin.operator.id}`, how)
    expect([answer.status, codeOf(answer)]).toEqual([409, 'last-admin'])
  })
})

describe('signing in', () => {
  const login = (url: string, email: string, secret: string) =>
    ask(url, '/auth/login', { method: 'POST', body: JSON.stringify({ email, password: secret }) })

  it('gives a token that is good for what the role allows, records it, and ends it at logout', async () => {
    const gateway = await start()
    const answer = await login(gateway.url, 'ada@example.com', password)
    const { token, operator } = JSON.parse(answer.text)
    expect([answer.status, operator.role]).toEqual([200, 'admin'])
    const who = JSON.parse((await ask(gateway.url, '/auth/whoami', { token })).text)
    expect(who).toMatchObject({ kind: 'session', scopes: permissions, operator })
    expect(gateway.records('auth.login')[0]).toMatchObject({
      actor: { operator: 'ada@example.com', operator_id: operator.id },
    })
    const out = await ask(gateway.url, '/auth/logout', { method: 'POST', token, body: '{}' })
    expect(out.status).toBe(204)
    expect((await ask(gateway.url, '/auth/whoami', { token })).status).toBe(401)
    expect(JSON.stringify(gateway.records())).not.toContain(token)
  })

  it('makes guesses wait, from many addresses of e-mail too, and remembers that after a restart', async () => {
    const first = await start()
    for (let guess = 0; guess < 6; guess += 1)
      expect((await login(first.url, 'eve@example.com', 'wrong wrong wrong')).status).toBe(401)
    const seventh = await login(first.url, 'eve@example.com', password)
    expect([seventh.status, codeOf(seventh)]).toEqual([429, 'too-many-attempts'])
    expect(Number(seventh.headers['retry-after'])).toBeGreaterThan(0)
    await first.close({ drainMs: 100 })
    const second = await start()
    expect((await login(second.url, 'eve@example.com', password)).status).toBe(429)
    // Counted by address before anything is looked at: these cost no hash.
    const body = { method: 'POST', body: '{}' }
    const statuses: number[] = []
    for (let guess = 0; guess < 25; guess += 1)
      statuses.push((await ask(second.url, '/auth/login', body)).status)
    expect(statuses.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => 400))
    expect(statuses.slice(19)).toEqual(Array.from({ length: 6 }, () => 429))
  })
})

describe('web pages of other sites', () => {
  const hostile: readonly Readonly<Record<string, string>>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { host: 'evil.example' },
    { host: 'evil.example:41002', origin: 'http://evil.example:41002' },
  ]
  it.each(hostile)(
    'are refused with %j on every route, before any token is looked at',
    async (headers) => {
      const gateway = await start()
      for (const row of tableOf(gateway)) {
        const [path, how] = harmless(row)
        const answer = await ask(gateway.url, path, { ...how, headers, token: tokenOf('admin') })
        expect([row.path, answer.status]).toEqual([row.path, 403])
        expect(
          Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
        ).toEqual([])
      }
    },
  )

  it('cannot send a form, and get no leave to ask', async () => {
    const { url } = await start()
    const headers = { 'content-type': 'text/plain' }
    const body = JSON.stringify({ email: 'ada@example.com', password })
    expect((await ask(url, '/auth/login', { method: 'POST', headers, body })).status).toBe(415)
    const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await ask(url, '/auth/login', { method: 'OPTIONS', headers: preflight })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('the same site and programs are heard', async () => {
    const gateway = await start()
    const { host } = new URL(gateway.url)
    const headers = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
    const token = tokenOf('viewer')
    expect((await ask(gateway.url, '/status', { token, headers })).status).toBe(200)
  })
})

describe('the log', () => {
  it('is read by who may, and each read is recorded before it is answered', async () => {
    const gateway = await start()
    await post(gateway.base, chatBody('Hello'))
    const token = tokenOf('auditor')
    const { rows } = JSON.parse((await ask(gateway.url, '/events?limit=5', { token })).text)
    expect(rows.length).toBeGreaterThan(0)
    const reads = () => gateway.records('audit.read')
    expect(reads().at(-1)).toMatchObject({
      ...{ command: 'GET events', count: rows.length },
      actor: { operator: 'auditor@example.com', role: 'auditor' },
    })
    const { id } = rows[0].decided
    const found = JSON.parse((await ask(gateway.url, `/events/${id}`, { token })).text)
    expect(found.records[0].id).toBe(id)
    const before = reads().length
    let after = -1
    for (let page = 0; page < 5; page += 1)
      after = JSON.parse(
        (await ask(gateway.url, `/events/records?after=${after}&limit=100`, { token })).text,
      ).next
    expect(reads()).toHaveLength(before + 1)
    for (const query of [
      'limit=0',
      'limit=1001',
      'limit=x',
      'since=now',
      'verdict=maybe',
      'x=1',
      'limit=1&limit=2',
    ])
      expect([query, (await ask(gateway.url, `/events?${query}`, { token })).status]).toEqual([
        query,
        400,
      ])
    expect((await ask(gateway.url, '/events/evt_none', { token })).status).toBe(404)
  })

  it('is copied as one sound file that leaves nothing behind', async () => {
    const gateway = await start()
    const answer = await ask(gateway.url, '/log/copy', { token: tokenOf('auditor') })
    expect(answer.status).toBe(200)
    expect(answer.text.slice(0, 15)).toBe('SQLite format 3')
    expect(Number(answer.headers['content-length'])).toBe(answer.text.length)
    expect(gateway.records('audit.export')).toHaveLength(1)
    const { readdirSync } = await import('node:fs')
    const left = readdirSync(join(gateway.dataDir, 'audit')).filter((name) =>
      name.startsWith('copy-'),
    )
    expect(left).toEqual([])
    expect((await ask(gateway.url, '/log/copy', { token: tokenOf('operator') })).status).toBe(403)
  })
})
