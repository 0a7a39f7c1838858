import type { IdentityProvider } from '@keeptrusts/testing'
import { startIdentityProvider } from '@keeptrusts/testing'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestGateway } from './fixtures/test-gateway.ts'
import { callsTo, chatBody, endAll, endWith, post, startPair } from './fixtures/test-gateway.ts'

const rbac = `policy:
  rbac:
    deny_if_missing: [X-User-ID, x-user-role]
    roles:
      analyst: {allowed_models: ["my-*"], denied_tools: [execute_code]}
      intern: {allowed_models: [nothing-here]}
      lead: {}
    data_access: {analyst: {max_sensitivity: internal}, lead: {max_sensitivity: restricted}}
  audit-logger: {log_all_access: true}`
const yaml = { chain: 'rbac, audit-logger', policy: rbac }

let provider: IdentityProvider
let pair: Awaited<ReturnType<typeof startPair>>
let gateway: TestGateway

beforeAll(async () => {
  provider = await startIdentityProvider()
  endWith(() => provider.close())
  const more = `access:
  trust_headers_from: [127.0.0.1]
  jwt: {issuer: "${provider.issuer}", audience: keeptrusts}`
  pair = await startPair({ kind: 'openai' }, { yaml: { ...yaml, more } })
  gateway = pair.gateway
})
afterAll(endAll)

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const proxy = (subject: string, role: string) => ({ 'x-user-id': subject, 'x-user-role': role })

async function ask(headers: Record<string, string>, body = chatBody('Hello')) {
  const response = await post(gateway.base, body, { headers })
  const { error } = (await response.json()) as { error?: { code: string; message: string } }
  return { status: response.status, code: error?.code, message: error?.message, response }
}

const lastDecision = () => gateway.records('request.decided').at(-1)

describe('the official OpenAI client', () => {
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  const ask = (apiKey: string, defaultHeaders = {}) =>
    new OpenAI({ baseURL: gateway.base, apiKey, defaultHeaders, maxRetries: 0 })

  it('calls with a token, which never goes on to the model server', async () => {
    const token = provider.token({ roles: ['analyst'] })
    const answer = await ask(token).chat.completions.create({ model: 'my-chat-model', messages })
    expect(answer.choices[0]?.message.content).toContain('Hello')
    expect(lastDecision()).toMatchObject({ actor: { subject: 'ann', roles: ['analyst'] } })
    expect(JSON.stringify(callsTo(pair.upstream).at(-1))).not.toContain(token)
    const models = await ask(token).models.list()
    expect(models.data.map(({ id }) => id)).toEqual(['my-chat-model'])
  })

  it('is refused with a token of nobody who may call, and sees no models', async () => {
    const client = ask(provider.token({ roles: ['intern'] }))
    await expect(
      client.chat.completions.create({ model: 'my-chat-model', messages }),
    ).rejects.toMatchObject({ status: 409, code: 'input_blocked' })
    expect((await client.models.list()).data).toEqual([])
    await expect(
      client.chat.completions.create({ model: 'no-model', messages }),
    ).rejects.toMatchObject({ status: 404, message: expect.stringContaining('Models here: none') })
  })

  it('calls with the headers of a trusted proxy, whatever its key', async () => {
    const answer = await ask('unused', proxy('bob', 'lead')).chat.completions.create({
      model: 'my-chat-model',
      messages,
    })
    expect(answer.choices).toHaveLength(1)
    expect(lastDecision()).toMatchObject({ actor: { subject: 'bob', roles: ['lead'] } })
  })
})

describe('a call', () => {
  it('without an identity is refused', async () => {
    expect(await ask({})).toMatchObject({
      status: 409,
      message: expect.stringContaining('X-User-ID'),
    })
    expect(lastDecision()).toMatchObject({ decision: 'block', reason_code: 'identity_missing' })
  })

  it('is judged by the model of the target, also when it names the target or nothing', async () => {
    for (const model of ['my-chat-model', 'mlflow-chat', undefined]) {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] })
      const { status } = await ask(proxy('ann', 'intern'), body)
      expect([model, status]).toEqual([model, 409])
      expect(lastDecision()).toMatchObject({ reason_code: 'model_not_allowed' })
    }
  })

  it('about data above the ceiling of its role is refused, and its header counts', async () => {
    const marked = chatBody('TOP SECRET//NOFORN')
    expect((await ask(proxy('ann', 'analyst'), marked)).status).toBe(409)
    expect(lastDecision()).toMatchObject({ reason_code: 'data_access_denied' })
    expect((await ask(proxy('bob', 'lead'), marked)).status).toBe(200)
    const classified = { ...proxy('ann', 'analyst'), 'x-data-classification': 'restricted' }
    expect((await ask(classified)).status).toBe(409)
  })

  it('with a token has the identity of the token alone', async () => {
    const headers = { ...bearer(provider.token({ roles: ['analyst'] })), ...proxy('bob', 'lead') }
    await ask(headers)
    expect(lastDecision()).toMatchObject({ actor: { subject: 'ann', roles: ['analyst'] } })
  })

  it('gains nothing by headers and fields of other gateways', async () => {
    const tricks = {
      'x-keeptrusts-roles': 'lead',
      'x-keeptrusts-identity': 'bob',
      'x-forwarded-for': '127.0.0.1',
      'x-user_id': 'bob',
    }
    const body = chatBody('Hello', {
      user: 'bob',
      metadata: { roles: 'lead', guardrails: 'off' },
      guardrails: [],
      api_base: 'http://127.0.0.1:1',
    })
    expect((await ask(tricks, body)).status).toBe(409)
  })
})

describe('a bad token', () => {
  it('gets the same body whatever is wrong with it, and its event says what', async () => {
    const past = Math.floor(Date.now() / 1000) - 1000
    const bad = {
      expired: provider.token({ exp: past }),
      wrong_audience: provider.token({ aud: 'other' }),
      wrong_issuer: provider.token({ iss: 'https://example.com' }),
      algorithm_not_allowed: provider.token({}, { forged: 'HS256' }),
      malformed: 'a.b.c',
      no_subject: provider.token({ sub: '' }),
    }
    const bodies = new Set<string>()
    for (const [problem, token] of Object.entries(bad)) {
      const { response, ...seen } = await ask(bearer(token))
      expect(seen).toMatchObject({ status: 401, code: 'invalid_token' })
      bodies.add(seen.message ?? '')
      const challenge = response.headers.get('www-authenticate')
      const described = ', error_description="The token has expired"'
      expect(challenge).toBe(
        `Bearer error="invalid_token"${problem === 'expired' ? described : ''}`,
      )
      await expect
        .poll(() => gateway.records('auth.failed').at(-1))
        .toMatchObject({ reason: 'invalid_token', detail: problem, actor: { subject: null } })
    }
    expect(bodies.size).toBe(1)
    const told = JSON.stringify(gateway.records()) + gateway.lines.join('')
    for (const token of Object.values(bad)) expect(told).not.toContain(token)
  })

  it('is refused for the list of models too', async () => {
    const list = await fetch(`${gateway.base}/models`, { headers: bearer('a.b.c') })
    expect(list.status).toBe(401)
    expect(await list.json()).toMatchObject({ error: { code: 'invalid_token' } })
  })
})

describe('a provider that cannot be reached', () => {
  it('lets calls wait, not fail for good, and is found again by itself', async () => {
    const away = await startIdentityProvider({ keys: provider.behaviour.keys })
    await away.close()
    const more = `access: {jwt: {issuer: "${away.issuer}", audience: [keeptrusts]}}`
    const other = await startPair({ kind: 'openai' }, { yaml: { ...yaml, more } })
    const headers = bearer(away.token({ roles: ['lead'] }))
    const call = () => post(other.gateway.base, chatBody('Hello'), { headers })
    const refused = await call()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await refused.json()).toMatchObject({ error: { code: 'identity_provider_unavailable' } })
    expect(other.gateway.lines.join('')).toContain('ECONNREFUSED')
    const back = await startIdentityProvider({ keys: away.behaviour.keys, port: away.port })
    endWith(() => back.close())
    await expect.poll(async () => (await call()).status, { timeout: 5000 }).toBe(200)
  })

  it('means nothing to calls without a token, and tokens mean nothing without a provider', async () => {
    const other = await startPair({ kind: 'openai' }, { yaml })
    const headers = { ...bearer(provider.token()), ...proxy('bob', 'lead') }
    const answer = await post(other.gateway.base, chatBody('Hello'), { headers })
    expect(answer.status).toBe(200)
    expect(other.gateway.records('request.decided').at(-1)).toMatchObject({
      actor: { subject: 'bob' },
    })
  })
})
