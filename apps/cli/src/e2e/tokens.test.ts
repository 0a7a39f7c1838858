import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IdentityProvider } from '@keeptrusts/testing'
import { createSigningKey, startIdentityProvider } from '@keeptrusts/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway, startServer } from '../fixtures/start-gateway.ts'

const sandbox = createSandbox()
const first = createSigningKey('key-1')
const second = createSigningKey('key-2', 'ES256')
const answer = JSON.stringify({
  ...{ id: 'c1', object: 'chat.completion', created: 1, model: 'my-chat-model' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
})

let upstream: Awaited<ReturnType<typeof startServer>>
let provider: IdentityProvider
let gateway: GatewayProcess
/** Headers with which the model server was called. */
const seen: string[] = []

beforeAll(async () => {
  upstream = await startServer((request, response) => {
    if (request.method === 'POST') seen.push(JSON.stringify(request.headers))
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end(answer)
    })
  })
  // Its address is known before it is there.
  provider = await startIdentityProvider({ keys: [first] })
  await provider.close()
  writeFileSync(
    join(sandbox.folder, 'policy-config.yaml'),
    `pack: {name: tokens, version: 1.0.0}
providers:
  targets: [{id: local, provider: "openai:chat:my-chat-model", base_url: "${upstream.url}/v1"}]
access:
  jwt: {issuer: "${provider.issuer}", audience: keeptrusts, role_map: {ai-analysts: analyst}}
policies: {chain: [rbac, audit-logger]}
policy:
  rbac: {require_auth: true, roles: {analyst: {allowed_models: [my-*]}}}
`,
  )
  gateway = await startGateway(sandbox, [])
})
afterAll(async () => {
  gateway.child.kill('SIGKILL')
  await gateway.exited
  await provider.close().catch(() => {})
  upstream.close()
  sandbox.remove()
})

async function ask(token?: string) {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ model: 'my-chat-model', messages: [{ role: 'user', content: 'Hi' }] }),
  })
  const { error } = (await response.json()) as { error?: { code: string } }
  return { status: response.status, code: error?.code, headers: response.headers }
}

const statusOf = async (token: string) => (await ask(token)).status
const token = (claims = {}, wish = {}) =>
  provider.token({ roles: ['ai-analysts', 'others'], ...claims }, wish)
const seconds = () => Math.floor(Date.now() / 1000)
const until = (work: () => Promise<number>) => expect.poll(work, { timeout: 6000, interval: 200 })

/** In this order: the provider is away at first, and changes its key in the end. */
describe.sequential('a spawned gateway and the tokens of an identity provider', () => {
  it('starts without the provider, answers 503 then, and needs no restart once it is there', async () => {
    const away = await ask(token())
    expect(away).toMatchObject({ status: 503, code: 'identity_provider_unavailable' })
    expect(away.headers.get('retry-after')).toBe('2')
    expect(seen).toEqual([])
    const { behaviour, port } = provider
    provider = await startIdentityProvider({ keys: behaviour.keys, port })
    await until(() => statusOf(token())).toBe(200)
    expect(seen.join()).not.toMatch(/authorization/i)
  })

  it.each([
    ['expired', () => token({ exp: seconds() - 100 })],
    ['malformed', () => 'eyJhbGciOiJSUzI1NiJ9.not-json.AAAA'],
    ['for another audience', () => token({ aud: 'somebody-else' })],
    ['of another issuer', () => token({ iss: 'https://login.example.com' })],
    ['of the future', () => token({ nbf: seconds() + 100 })],
    ['without a signature', () => token({}, { forged: 'none' })],
    ['signed with the public key as a secret', () => token({}, { forged: 'HS256' })],
    ['signed by somebody else', () => token({}, { key: createSigningKey('key-1') })],
  ])('refuses a token that is %s', async (_name, make) => {
    const calls = seen.length
    const refused = await ask(make())
    expect(refused).toMatchObject({ status: 401, code: 'invalid_token' })
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/)
    expect(seen).toHaveLength(calls)
  })

  it('allows clocks to differ by a minute, in both directions', async () => {
    expect(await statusOf(token({ exp: seconds() - 45 }))).toBe(200)
    expect(await statusOf(token({ nbf: seconds() + 45 }))).toBe(200)
    expect(await statusOf(token({ exp: seconds() - 75 }))).toBe(401)
    expect(await statusOf(token({ nbf: seconds() + 75 }))).toBe(401)
  })

  it('refuses who shows no token, and who has no role here', async () => {
    expect(await ask()).toMatchObject({ status: 401, code: 'missing_api_key' })
    expect(await ask(token({ roles: ['others'] }))).toMatchObject({ status: 409 })
  })

  it('asks the provider once for a flood of unknown keys', async () => {
    const before = provider.requests.length
    const flood = Array.from({ length: 100 }, (_, at) =>
      statusOf(token({}, { header: { kid: `made-up-${at}` } })),
    )
    // The same address failed before: from the twentieth on it is asked to wait.
    expect(new Set(await Promise.all(flood))).toEqual(new Set([401, 429]))
    // Discovery and keys, twice at most: the flood may last longer than the pause.
    expect(provider.requests.length - before).toBeLessThanOrEqual(4)
  })

  it('takes a new key at once, and the removed one no more', async () => {
    const old = token()
    expect(await statusOf(old)).toBe(200)
    // The flood before has just had the keys fetched.
    await new Promise((resolve) => setTimeout(resolve, 2100))
    provider.behaviour.keys = [second]
    expect(await statusOf(token())).toBe(200)
    // Refused, or asked to wait because of the flood.
    expect([401, 429]).toContain(await statusOf(old))
  })

  it('goes on with the keys it has when the provider is gone', async () => {
    await provider.close()
    expect(await statusOf(token())).toBe(200)
    expect([401, 429]).toContain(await statusOf(token({ exp: seconds() - 100 })))
  })

  it('records who called and why calls were refused, and no token', async () => {
    const { stdout } = await sandbox.kt(['events', 'list', '--limit', '100'])
    expect(stdout).toContain('role_missing')
    const exported = await sandbox.kt(['events', 'export', '--format', 'jsonl'])
    expect(exported.stdout).toMatch(/"detail":"wrong_audience"/)
    expect(exported.stdout).toMatch(/"reason":"missing_api_key"/)
    expect(exported.stdout).toMatch(/"roles":\["analyst"\],"subject":"ann"/)
    expect(exported.stdout + gateway.stderr()).not.toContain('eyJ')
  })
})
