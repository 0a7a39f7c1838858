import { createEngine, parseConfig } from '@keeptrusts/core'
import { describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import { chatBody } from './fixtures/test-gateway.ts'
import { createGateway, createLog } from './index.ts'
import type { Transport, UpstreamRequest } from './transport/transport.ts'

const completion = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
})

/** A transport that keeps what it was asked to send and sends nothing. */
function keepingTransport(): Transport & { readonly sent: UpstreamRequest[] } {
  const sent: UpstreamRequest[] = []
  return {
    sent,
    async send(request) {
      sent.push(request)
      return { status: 200, header: () => 'application/json', body: pieces() }
    },
    async close() {},
  }
}

async function* pieces(): AsyncIterable<Uint8Array> {
  yield Buffer.from(completion)
}

/** Asks a gateway with one target once; `more` is added to the target. */
async function ask(more: string, env: Record<string, string>) {
  const config = parseConfig(`
pack: {name: test, version: 1.0.0}
providers: {targets: [{id: main, provider: "openai:chat:gpt-4o"${more}}]}
policies: {chain: [pii-detector]}
policy: {pii-detector: {action: redact}}
audit_store: {kind: none}
`)
  const engine = createEngine(config)
  const transport = keepingTransport()
  const log = createLog(() => {})
  const gateway = createGateway({ config, engine, store: null, env, log, version: '0', transport })
  await gateway.probe()
  const response = await gateway.app.request('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer of-the-client' },
    body: chatBody('Mail john@example.com', { model: 'gpt-4o' }),
  })
  return { response, sent: transport.sent }
}

function authorizationOf([request]: readonly UpstreamRequest[]): string | null {
  return new Headers(request?.headers).get('authorization')
}

describe('openai:chat without base_url', () => {
  it('calls the public address of OpenAI with OPENAI_API_KEY, and never probes it', async () => {
    const { response, sent } = await ask('', { OPENAI_API_KEY: 'sk-test' })
    expect(response.status).toBe(200)
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.openai.com/v1/chat/completions',
    ])
    expect(authorizationOf(sent)).toBe('Bearer sk-test')
    expect(sent[0]?.body).toContain('[EMAIL_REDACTED]')
  })

  it('takes the key that the target names instead', async () => {
    const env = { OPENAI_API_KEY: 'sk-other', TEAM_KEY: 'sk-team' }
    const { sent } = await ask(', secret_key_ref: {env: TEAM_KEY}', env)
    expect(authorizationOf(sent)).toBe('Bearer sk-team')
  })

  it('sends nothing when OPENAI_API_KEY is not set', async () => {
    const { response, sent } = await ask('', {})
    const { status, error } = await failureOf(response)
    expect({ status, code: error.code }).toEqual({ status: 401, code: 'target_token_missing' })
    expect(error.message).toContain('Set OPENAI_API_KEY and restart the gateway.')
    expect(sent).toEqual([])
  })

  it('never sends OPENAI_API_KEY to an address that the file names', async () => {
    const more = ', base_url: "http://127.0.0.1:9/v1"'
    const { sent } = await ask(more, { OPENAI_API_KEY: 'sk-test' })
    expect(sent.at(-1)?.url.href).toBe('http://127.0.0.1:9/v1/chat/completions')
    for (const { headers } of sent) expect(JSON.stringify(headers)).not.toContain('sk-test')
  })
})
