import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FakeUpstream } from '@keeptrusts/testing'
import { startFakeUpstream } from '@keeptrusts/testing'
import OpenAI from 'openai'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { startGateway } from '../fixtures/start-gateway.ts'

type Gateway = Awaited<ReturnType<typeof startGateway>>

let sandbox: Sandbox
let upstream: FakeUpstream
const gateways: Gateway[] = []

beforeEach(async () => {
  sandbox = createSandbox()
  upstream = await startFakeUpstream({ kind: 'openai', model: 'my-chat-model' })
})

afterEach(async () => {
  for (const { child, exited } of gateways.splice(0)) {
    child.kill('SIGTERM')
    await exited
  }
  await upstream.close()
  sandbox.remove()
})

async function start(more: string): Promise<Gateway> {
  writeFileSync(
    join(sandbox.folder, 'policy-config.yaml'),
    `${policyConfig(upstream.url)}\n${more}\n`,
  )
  const gateway = await startGateway(sandbox, [], { LOCAL_MODEL_TOKEN: 'x' })
  gateways.push(gateway)
  return gateway
}

const messages = [{ role: 'user' as const, content: 'Hello' }]
const ask = (url: string, apiKey: string, headers: Record<string, string> = {}) =>
  new OpenAI({
    baseURL: `${url}/v1`,
    apiKey,
    maxRetries: 0,
    defaultHeaders: headers,
  }).chat.completions
    .create({ model: 'my-chat-model', messages })
    .then(
      () => 200,
      (error: { readonly status?: number }) => error.status ?? 0,
    )

async function createKey(
  ...more: string[]
): Promise<{ readonly id: string; readonly key: string }> {
  const made = await sandbox.kt([
    'gateway',
    'key',
    'create',
    '--subject',
    'billing',
    '--json',
    ...more,
  ])
  expect(made.stderr).toBe('')
  return JSON.parse(made.stdout)
}

it('a key is made, used, listed and revoked, and the log says by whom', async () => {
  const { url } = await start('access: {require_key: true}')
  expect(await ask(url, 'unused')).toBe(401)
  const { id, key } = await createKey('--role', 'analyst', '--model', 'my-*', '--expires-in', '90d')
  expect(await ask(url, key)).toBe(200)
  const listed = await sandbox.kt(['gateway', 'key', 'list'])
  expect(listed.stdout).toMatch(new RegExp(`${id} +billing +analyst +my-\\* +until \\d{4}-`))
  expect(listed.stdout).not.toContain(key)
  expect((await sandbox.kt(['gateway', 'key', 'revoke', id])).stdout).toBe(
    `${id} of billing is revoked.\n`,
  )
  expect(await ask(url, key)).toBe(401)
  expect(await sandbox.kt(['gateway', 'key', 'revoke', 'gk_000000000000'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('kt gateway key list'),
  })
  const raw = await sandbox.kt(['events', 'list', '--raw', '--limit', '50'])
  const records = raw.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const named = (type: string) => records.find((record) => record.type === type)
  expect(named('key.created')).toMatchObject({
    ...{ key: id, subject: 'billing', roles: ['analyst'], models: ['my-*'] },
    actor: { os_user: expect.any(String), operator: null },
  })
  expect(named('key.revoked')).toMatchObject({ key: id })
  expect(named('request.decided').actor).toMatchObject({ subject: 'billing', via: 'key', key: id })
  expect(raw.stdout).not.toContain(key)
})

it('headers name nobody from an address that is not trusted, and a client can neither weaken policies nor choose the host', async () => {
  const { url } = await start('access: {trust_headers_from: [10.1.2.3]}')
  const body = {
    model: 'my-chat-model',
    messages: [{ role: 'user', content: 'Write to ada@example.com' }],
    ...{ guardrails: [], metadata: { guardrails: 'off' }, api_base: 'http://127.0.0.1:9' },
    ...{
      base_url: 'http://127.0.0.1:9',
      extra_headers: { 'x-evil': '1' },
      policies: { chain: [] },
    },
  }
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: 'Bearer unused' },
      ...{ 'x-user-id': 'root', 'x-user-role': 'admin', 'x-forwarded-for': '10.1.2.3' },
      ...{
        'x-keeptrusts-policy': 'off',
        'x-keeptrusts-decision': 'allow',
        'x-portkey-custom-host': 'evil',
      },
    },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  const [sent] = upstream.requests.filter(({ method }) => method === 'POST')
  expect(sent?.headers['authorization']).toBe('Bearer x')
  expect(
    Object.keys(sent?.headers ?? {}).filter((name) => /^x-(?!request-id)|evil/.test(name)),
  ).toEqual([])
  expect(JSON.stringify(sent?.body)).toContain('[EMAIL_REDACTED]')
  const listed = await sandbox.kt(['events', 'list', '--raw', '--limit', '10'])
  const decided = listed.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .find(({ type }) => type === 'request.decided')
  expect(decided.actor).toMatchObject({ subject: null, roles: [], via: null })
  expect(decided.outcome ?? decided.decision).not.toBe('allow')
})

it('keys that are made at the same moment, before there is a store or a log, all count', async () => {
  const made = await Promise.all(Array.from({ length: 4 }, () => createKey()))
  const { url } = await start('access: {require_key: true}')
  for (const { key } of made) expect(await ask(url, key)).toBe(200)
  const listed = await sandbox.kt(['gateway', 'key', 'list', '--json'])
  const ids = JSON.parse(listed.stdout).map(({ id }: { readonly id: string }) => id)
  expect(ids.sort()).toEqual(made.map(({ id }) => id).sort())
})
