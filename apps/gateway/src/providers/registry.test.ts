import { knownProviders } from '@keeptrusts/core'
import type { FakeUpstream, Script } from '@keeptrusts/testing'
import { answerWith, faults } from '@keeptrusts/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from '../fixtures/failure-of.ts'
import { providerTable } from '../fixtures/provider-table.ts'
import type { TestGateway } from '../fixtures/test-gateway.ts'
import {
  callsTo,
  chatBody,
  endAll,
  onlyAudit,
  post,
  startTestGateway,
  startUpstream,
  yamlFor,
} from '../fixtures/test-gateway.ts'
import { providers } from './registry.ts'

const modesOf = (name: string) => Object.keys(knownProviders[name]?.modes ?? {})
const known = Object.keys(knownProviders).flatMap((name) =>
  modesOf(name).map((mode) => `${name}:${mode}`),
)
const tested = providerTable.map(({ provider, mode }) => `${provider}:${mode}`)

describe('the registry', () => {
  it('has code for every provider that the configuration accepts, and for no other', () => {
    expect(providers.map(({ name }) => name)).toEqual(Object.keys(knownProviders))
  })

  it('has every mode that the configuration accepts in the table of this test', () => {
    expect([...new Set(tested)].sort()).toEqual([...known].sort())
  })

  it('probes the servers that the reference page says are probed', () => {
    for (const { name, probes } of providers)
      for (const mode of Object.values(knownProviders[name]?.modes ?? {}))
        expect(mode.probes, name).toBe(probes)
  })
})

const canary = 'CANARY-4b1d'
const clientKey = 'key-of-the-client'

const rows = providerTable.map((row) => [`${row.provider}:${row.mode}`, row] as const)

describe.each(rows)('%s', (_name, row) => {
  const mode = knownProviders[row.provider]?.modes[row.mode]
  let upstream: FakeUpstream
  let gateway: TestGateway
  let script: Script = (_request, _response, next) => next()
  const base = () => `${upstream.url}${row.basePath ?? '/v1'}`

  beforeAll(async () => {
    upstream = await startUpstream({ kind: row.fake, script: (...call) => script(...call) })
    const provider = `${row.provider}:${row.mode}`
    const target = 'secret_key_ref: {env: TARGET_TOKEN}'
    const yaml = yamlFor({ baseUrl: base(), provider, target, ...onlyAudit })
    gateway = await startTestGateway(yaml, { env: { TARGET_TOKEN: 'key-of-the-target' } })
  })
  afterAll(endAll)

  const ask = (more: object = {}, init: RequestInit = {}): Promise<Response> =>
    post(gateway.base, chatBody('Hello', more), {
      headers: { authorization: `Bearer ${clientKey}`, 'x-api-key': clientKey },
      ...init,
    })

  it('gives a plain answer, from where the reference page says that calls go', async () => {
    const response = await ask()
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: 'You said: Hello' } }],
    })
    const expected = (mode?.call ?? '')
      .replace('<base_url>', base())
      .replace('<base_url without /v1>', base().replace(/\/v1$/, ''))
    expect(`${upstream.url}${callsTo(upstream).at(-1)?.path}`).toBe(expected)
  })

  it('gives a stream, which the server streams if the reference page says so', async () => {
    const response = await ask({ stream: true })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events = (await response.text()).trimEnd().split('\n\n')
    expect(events.at(-1)).toBe('data: [DONE]')
    const choices = events
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice('data: '.length)).choices[0])
    expect(choices.map((choice) => choice?.delta?.content ?? '').join('')).toBe('You said: Hello')
    expect(choices.filter((choice) => choice?.finish_reason === 'stop')).toHaveLength(1)
    const sent = JSON.parse(callsTo(upstream).at(-1)?.body ?? '{}') as { stream?: boolean }
    expect(sent.stream === true).toBe(mode?.streams)
  })

  it.each([
    [500, answerWith({ status: 500, body: errorOf(canary) }), 502, 'upstream_error'],
    [401, answerWith({ status: 401, body: errorOf(canary) }), 401, 'upstream_auth_failed'],
    [429, answerWith({ status: 429, body: errorOf(canary) }), 429, 'upstream_rate_limited'],
    ['an HTML page', faults.htmlAnswer(503, canary), 502, 'upstream_error'],
    ['an HTML page and 200', faults.htmlAnswer(200, canary), 502, 'upstream_invalid_response'],
  ])(
    'makes %s an error in the shape of OpenAI, in its own words',
    async (_name, fault, status, code) => {
      for (const stream of [false, true]) {
        script = fault
        const failure = await failureOf(await ask({ stream }))
        expect({ status: failure.status, code: failure.error.code }).toEqual({ status, code })
        expect(failure.error).toEqual({
          message: expect.stringMatching(/\S/),
          type: expect.stringMatching(/\S/),
          code,
          param: null,
        })
        expect(JSON.stringify([failure.error, ...failure.headers])).not.toContain(canary)
      }
    },
  )

  it.each([false, true])(
    'takes the cancelling of a client to its server (stream: %s)',
    async (stream) => {
      script = faults.hangBeforeHeaders()
      const before = callsTo(upstream).length
      const controller = new AbortController()
      const call = ask({ stream }, { signal: controller.signal }).catch(() => null)
      await expect.poll(() => callsTo(upstream).length).toBe(before + 1)
      expect(callsTo(upstream).at(-1)?.aborted).toBe(false)
      controller.abort()
      await call
      await expect.poll(() => callsTo(upstream).at(-1)?.aborted).toBe(true)
    },
  )

  it('signs every call in as the target, and takes nothing of the client along', () => {
    expect(callsTo(upstream).length).toBeGreaterThan(10)
    for (const { headers } of callsTo(upstream))
      expect(headers.authorization).toBe('Bearer key-of-the-target')
    expect(JSON.stringify(upstream.requests)).not.toContain(clientKey)
  })

  it('asks the server what it is if the reference page says so, without a key', () => {
    const probes = upstream.requests.filter(({ method }) => method === 'GET')
    expect(probes.length > 0).toBe(mode?.probes)
    expect(probes.map(({ headers }) => headers.authorization ?? null)).toEqual(
      probes.map(() => null),
    )
  })
})

function errorOf(text: string): string {
  return JSON.stringify({ error: { message: text, type: text, param: text, code: text } })
}
