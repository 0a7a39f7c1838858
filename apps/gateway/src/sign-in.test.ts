import type { TokenBehaviour } from '@keeptrusts/testing'
import { closedPort, startTokenServer } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import type { TestGatewayOptions } from './fixtures/test-gateway.ts'
import { callsTo, chatBody, endAll, onlyAudit, post, startPair } from './fixtures/test-gateway.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  await endAll()
  for (const end of endings.splice(0)) await end()
})

const secret = 'S3cret+/ of:ours'
const env = { DATABRICKS_CLIENT_ID: 'client one', DATABRICKS_CLIENT_SECRET: secret }

async function tokenServer(behaviour: Partial<TokenBehaviour> = {}) {
  const server = await startTokenServer({
    clientId: 'client one',
    clientSecret: secret,
    behaviour,
  })
  endings.push(() => server.close())
  return server
}

/** An upstream that wants a token, and a gateway that fetches it at `tokenUrl`. */
function startWith(tokenUrl: string, options: TestGatewayOptions = {}) {
  const target = `auth: {type: oauth_m2m, token_url: ${tokenUrl}, scope: "read write"}`
  return startPair({ kind: 'openai' }, { env, yaml: { ...onlyAudit, target }, ...options })
}

const hello = chatBody('Hello')

describe('a target that is signed in to', () => {
  it('by Basic gets the user name and password of MLflow clients', async () => {
    const { gateway, upstream } = await startPair(
      { kind: 'openai' },
      {
        yaml: { target: 'auth: {type: basic}' },
        env: { MLFLOW_TRACKING_USERNAME: 'jürgen', MLFLOW_TRACKING_PASSWORD: 'pass:word' },
      },
    )
    expect((await post(gateway.base, hello)).status).toBe(200)
    const pair = Buffer.from('jürgen:pass:word').toString('base64')
    expect(callsTo(upstream)[0]?.headers.authorization).toBe(`Basic ${pair}`)
  })

  it('by bearer gets the token of the reference', async () => {
    const target = 'secret_key_ref: {env: MY_TOKEN}\n      auth: {type: bearer}'
    const options = { yaml: { target }, env: { MY_TOKEN: 'abc' } }
    const { gateway, upstream } = await startPair({ kind: 'openai' }, options)
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(callsTo(upstream)[0]?.headers.authorization).toBe('Bearer abc')
  })

  it.each([
    ['basic', 'auth: {type: basic}', 'MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD'],
    [
      'oauth_m2m',
      'auth: {type: oauth_m2m, token_url: "http://127.0.0.1:9/token"}',
      'DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET',
    ],
  ])(
    'by %s without its variables refuses calls and says so at the start',
    async (_, target, names) => {
      const { gateway } = await startPair({ kind: 'openai' }, { yaml: { target } })
      const { status, error } = await failureOf(await post(gateway.base, hello))
      expect([status, error.code]).toEqual([401, 'target_token_missing'])
      expect(error.message).toContain(`${names} are not set`)
      expect(gateway.warnings.join()).toContain(`${names} are not set`)
    },
  )
})

describe('a target with OAuth for machines', () => {
  it('gets one token for calls at the same time, fetched as RFC 6749 says', async () => {
    const tokens = await tokenServer()
    const { gateway, upstream } = await startWith(tokens.tokenUrl)
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(gateway.base, hello)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(tokens.requests).toHaveLength(1)
    expect(tokens.requests[0]).toMatchObject({
      method: 'POST',
      path: '/token',
      body: 'grant_type=client_credentials&scope=read+write',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        authorization: `Basic ${btoa('client+one:S3cret%2B%2F+of%3Aours')}`,
      },
    })
    const seen = callsTo(upstream).map(({ headers }) => headers.authorization)
    expect(seen).toEqual(Array.from({ length: 50 }, () => 'Bearer token-1'))
  })

  it('gets a new token before the old one ends, and no call waits for it', async () => {
    let now = Date.now()
    const tokens = await tokenServer({ life: 600 })
    const { gateway, upstream } = await startWith(tokens.tokenUrl, { now: () => now })
    await post(gateway.base, hello)
    now += 545_000
    let open = (): void => {}
    tokens.behaviour.gate = new Promise<void>((resolve) => {
      open = resolve
    })
    expect((await post(gateway.base, hello)).status).toBe(200)
    await expect.poll(() => tokens.requests.length).toBe(2)
    open()
    await expect.poll(() => tokens.tokens.length).toBe(2)
    const used = () => callsTo(upstream).map(({ headers }) => headers.authorization)
    await expect
      .poll(async () => {
        await post(gateway.base, hello)
        return used().at(-1)
      })
      .toBe('Bearer token-2')
    expect(used().slice(0, 2)).toEqual(['Bearer token-1', 'Bearer token-1'])
    expect(tokens.mostAtOnce()).toBe(1)
  })

  it('gets a new token after the server refused one, and no call is sent twice', async () => {
    const tokens = await tokenServer()
    const target = `auth: {type: oauth_m2m, token_url: "${tokens.tokenUrl}"}`
    const yaml = { ...onlyAudit, target }
    const { gateway, upstream } = await startPair(
      { kind: 'openai', token: 'token-2' },
      { env, yaml },
    )
    const { status, error } = await failureOf(await post(gateway.base, hello))
    expect([status, error.code]).toEqual([401, 'upstream_auth_failed'])
    expect(callsTo(upstream)).toHaveLength(1)
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(tokens.tokens).toEqual(['token-1', 'token-2'])
  })

  it('says that the token server is down, and works once it is back', async () => {
    let now = Date.now()
    const { url, port } = await closedPort()
    const { gateway, upstream } = await startWith(`${url}/token`, { now: () => now })
    const { status, error } = await failureOf(await post(gateway.base, hello))
    expect([status, error.code]).toEqual([502, 'upstream_unreachable'])
    expect(error.message).toMatch(
      /^The token server 127\.0\.0\.1:\d+ of target "mlflow-chat" cannot be reached\. .*token_url of providers\.targets\[0\]\.auth \(.*:\d+\)/,
    )
    const back = await startTokenServer({ clientId: 'client one', clientSecret: secret, port })
    endings.push(() => back.close())
    expect((await post(gateway.base, hello)).status).toBe(502)
    expect(back.requests).toHaveLength(0)
    now += 1000
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(callsTo(upstream)).toHaveLength(1)
  })

  const canary = 'CANARY-91ab'
  const body = (error: string) => JSON.stringify({ error, error_description: canary, x: secret })
  it.each([
    [
      'invalid_client',
      401,
      401,
      'upstream_auth_failed',
      'DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET, which providers.targets[0].auth (',
    ],
    ['invalid_scope', 400, 401, 'upstream_auth_failed', 'Correct scope of'],
    ['unauthorized_client', 400, 401, 'upstream_auth_failed', 'Allow the grant'],
    [canary, 403, 401, 'upstream_auth_failed', 'refused the client id'],
    [canary, 404, 502, 'upstream_error', 'has no token endpoint'],
    [canary, 302, 502, 'upstream_error', 'redirects are not followed'],
    [canary, 500, 502, 'upstream_error', 'log of the token server'],
    [canary, 429, 429, 'upstream_rate_limited', 'limits the rate'],
  ])(
    'says what %s with %i means and nothing of what was said',
    async (text, answered, status, code, words) => {
      const tokens = await tokenServer({ failure: { status: answered, body: body(text) } })
      const { gateway, upstream } = await startWith(tokens.tokenUrl)
      const response = await post(gateway.base, hello)
      const bytes = JSON.stringify([...response.headers]) + (await response.clone().text())
      const { error } = await failureOf(response)
      expect([response.status, error.code]).toEqual([status, code])
      expect(error.message).toContain(words)
      expect(error.message).toContain('The token server 127.0.0.1:')
      const all = bytes + gateway.lines.join() + JSON.stringify(gateway.records())
      expect(all).not.toContain(canary)
      expect(all).not.toContain(secret)
      expect(callsTo(upstream)).toHaveLength(0)
    },
  )

  it.each([
    ['<html>', 'is not a JSON object'],
    ['[]', 'is not a JSON object'],
    ['{"token_type":"Bearer"}', 'no usable access_token'],
    ['{"access_token":"a\\r\\nx: y","token_type":"Bearer"}', 'no usable access_token'],
    ['{"access_token":"abc","token_type":"mac"}', 'another type than Bearer'],
    [`{"access_token":"${'a'.repeat(70_000)}"}`, 'too large'],
  ])('refuses the reply %.40s', async (reply, words) => {
    const tokens = await tokenServer({ reply })
    const { gateway } = await startWith(tokens.tokenUrl)
    const { status, error } = await failureOf(await post(gateway.base, hello))
    expect([status, error.code]).toEqual([502, 'upstream_invalid_response'])
    expect(error.message).toContain(words)
  })

  it.each([null, '600', -1])('takes a token whose expires_in is %j', async (life) => {
    const tokens = await tokenServer({ life })
    const { gateway } = await startWith(tokens.tokenUrl)
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(tokens.requests).toHaveLength(1)
  })

  it('keeps id, secret and token out of every log line and record', async () => {
    const tokens = await tokenServer()
    const { gateway } = await startWith(tokens.tokenUrl)
    const response = await post(gateway.base, hello)
    const answer = JSON.stringify([...response.headers]) + (await response.text())
    const all = answer + gateway.lines.join() + JSON.stringify(gateway.records())
    for (const text of [secret, 'client one', 'token-1']) expect(all).not.toContain(text)
  })
})
