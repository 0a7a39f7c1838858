import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway } from '../fixtures/start-gateway.ts'

const admin = { email: 'ada@example.com', password: 'correct horse battery' }
const viewer = { email: 'eve@example.com', password: 'staple of another kind' }

let sandbox: Sandbox
const gateways: GatewayProcess[] = []

beforeEach(() => {
  sandbox = createSandbox()
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig('http://127.0.0.1:9'))
})

afterEach(async () => {
  for (const gateway of gateways.splice(0)) await stop(gateway)
  sandbox.remove()
})

async function start(...args: readonly string[]): Promise<GatewayProcess> {
  const gateway = await startGateway(sandbox, args, { LOCAL_MODEL_TOKEN: 'x' })
  gateways.push(gateway)
  return gateway
}

async function stop({ child, exited }: GatewayProcess): Promise<void> {
  child.kill('SIGTERM')
  await exited
}

const login = async ({ email, password }: typeof admin): Promise<void> => {
  const { code } = await sandbox.kt(['auth', 'login', '--email', email, '--password-stdin'], {
    input: password,
  })
  expect(code).toBe(0)
}

async function ask(
  url: string,
  path: string,
  { method = 'GET', token, body, headers = {} }: Partial<Asked> = {},
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${url}/keeptrusts/${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
}

interface Asked {
  readonly method: string
  readonly token: string
  readonly body: object
  readonly headers: Readonly<Record<string, string>>
}

const tokenOf = async (url: string, credentials: typeof admin): Promise<string> =>
  String((await ask(url, 'auth/login', { method: 'POST', body: credentials })).body['token'])

async function records(type: string): Promise<readonly Record<string, unknown>[]> {
  const { stdout } = await sandbox.kt(['events', 'list', '--raw', '--limit', '200'])
  const all = stdout.split('\n').filter(Boolean)
  return all.map((line) => JSON.parse(line)).filter((record) => record.type === type)
}

it('a viewer is refused at every route of others, and the log says what was tried', async () => {
  await login(admin)
  const added = await sandbox.kt(
    ['auth', 'operator', 'add', '--email', viewer.email, '--role', 'viewer', '--password-stdin'],
    { input: viewer.password },
  )
  expect(added.stdout).toMatch(/^eve@example\.com is viewer now \(op_/)
  const { url } = await start()
  const token = await tokenOf(url, viewer)
  const refused: readonly (readonly [string, Partial<Asked>])[] = [
    ['operators', {}],
    ['operators', { method: 'POST', body: { ...viewer, role: 'admin' } }],
    ['operators/op_1', { method: 'PATCH', body: { role: 'admin' } }],
    ['operators/op_1', { method: 'DELETE' }],
    ['keys', {}],
    ['keys', { method: 'POST', body: { subject: 'me' } }],
    ['keys/gk_1', { method: 'DELETE' }],
    ['reload', { method: 'POST', body: {} }],
    ['events', {}],
    ['events/records', {}],
    ['events/evt_1', {}],
    ['log/copy', {}],
  ]
  for (const [path, asked] of refused) {
    const answer = await ask(url, path, { ...asked, token })
    expect([path, answer.status]).toEqual([path, 403])
  }
  expect((await ask(url, 'status', { token })).status).toBe(200)
  expect((await ask(url, 'status')).status).toBe(401)
  expect((await ask(url, 'nowhere', { token })).status).toBe(404)
  expect((await ask(url, 'nowhere')).status).toBe(401)
  expect((await records('access.denied')).length).toBe(refused.length)
  const [signedIn] = await records('auth.login')
  expect(signedIn?.['actor']).toMatchObject({ operator: viewer.email, role: 'viewer' })
  const removed = await sandbox.kt(['auth', 'operator', 'remove', viewer.email])
  expect(removed.stdout).toBe('eve@example.com can no longer sign in.\n')
  expect((await ask(url, 'status', { token })).status).toBe(401)
  const last = await sandbox.kt(['auth', 'operator', 'remove', admin.email])
  expect(last).toMatchObject({ code: 1, stderr: expect.stringContaining('last-admin') })
})

it('an API token does what its scopes say, and no page of another site can use the routes', async () => {
  await login(admin)
  const { url } = await start()
  const made = await sandbox.kt([
    'auth',
    'token',
    'create',
    '--name',
    'siem',
    '--scope',
    'events:read,status:read',
  ])
  const token = made.stdout.trim()
  expect(token).toMatch(/^kt_pt_/)
  expect((await ask(url, 'events', { token })).status).toBe(200)
  expect((await ask(url, 'config', { token })).status).toBe(403)
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
    expect((await ask(url, 'status', { token, headers })).status).toBe(403)
  expect((await fetch(`${url}/metrics`)).status).toBe(401)
  const withToken = { headers: { authorization: `Bearer ${token}` } }
  expect(await (await fetch(`${url}/metrics`, withToken)).text()).toContain('keeptrusts_')
  // The token is as good for kt as a session, here too.
  const me = await sandbox.kt(['auth', 'whoami', '--json'], {
    env: { KEEPTRUSTS_API_TOKEN: token },
  })
  expect(JSON.parse(me.stdout)).toMatchObject({ email: admin.email, source: 'environment' })
  const listed = await sandbox.kt(['auth', 'token', 'list', '--json'])
  expect(listed.stdout).not.toContain(token)
  const [{ id }] = JSON.parse(listed.stdout)
  expect((await sandbox.kt(['auth', 'token', 'revoke', id])).code).toBe(0)
  expect((await ask(url, 'events', { token })).status).toBe(401)
})

it('kt gateway reload works from another machine: what changed, and every problem of a file', async () => {
  await login(admin)
  // Nothing else reloads it.
  const { url } = await start('--no-watch')
  const laptop = createSandbox()
  try {
    const there = ['auth', 'login', '--gateway', url, '--email', admin.email, '--password-stdin']
    expect(await laptop.kt(there, { input: admin.password })).toMatchObject({ code: 0 })
    const file = join(sandbox.folder, 'policy-config.yaml')
    const before = policyConfig('http://127.0.0.1:9')
    writeFileSync(file, before.replace('1.2.3', '1.2.4'))
    const reloaded = await laptop.kt(['gateway', 'reload', '--json'])
    expect(reloaded).toMatchObject({ code: 0 })
    writeFileSync(file, before.replace('chain:', 'chian:'))
    const refused = await laptop.kt(['gateway', 'reload'])
    expect(refused).toMatchObject({ code: 78, stderr: expect.stringContaining('chian') })
    expect((await records('config.changed')).at(0)?.['actor']).toMatchObject({
      operator: admin.email,
    })
  } finally {
    laptop.remove()
  }
})

it('passwords cannot be tried out over the network, also not after a restart', async () => {
  await login(admin)
  const gateway = await start()
  const guess = (url: string) =>
    ask(url, 'auth/login', { method: 'POST', body: { ...admin, password: 'wrong password' } })
  for (let i = 0; i < 6; i++) expect((await guess(gateway.url)).status).toBe(401)
  expect((await guess(gateway.url)).status).toBe(429)
  await stop(gateway)
  const again = await start()
  const right = await ask(again.url, 'auth/login', { method: 'POST', body: admin })
  expect(right.status).toBe(429)
})
