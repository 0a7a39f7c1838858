import type { Script } from '@keeptrusts/testing'
import { answerWith, closedPort, faults } from '@keeptrusts/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import type { SharedPair } from './fixtures/shared-pair.ts'
import { startSharedPair } from './fixtures/shared-pair.ts'
import {
  callsTo,
  chatBody,
  endAll,
  post,
  startPair,
  startTestGateway,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterAll(endAll)

describe('an upstream that fails', () => {
  let shared: SharedPair
  beforeAll(async () => {
    shared = await startSharedPair('openai')
  })
  const ask = async (script: Script) => failureOf(await shared.ask(script))

  it('gives 502 with the line to look at when it refuses connections', async () => {
    const gateway = await startTestGateway(yamlFor({ baseUrl: `${(await closedPort()).url}/v1` }))
    const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
    expect({ status, code: error.code }).toEqual({ status: 502, code: 'upstream_unreachable' })
    expect(error.message).toMatch(/base_url of providers\.targets\[0\] \(.*:5\)/)
    expect(gateway.records('request.completed')[0]).toMatchObject({
      decision: 'error',
      error_code: 'upstream_unreachable',
      status: 502,
      upstream_status: null,
    })
  })

  it('gives 504 when it hangs, and lets go of the connection', async () => {
    const { upstream, gateway } = await startPair(
      { kind: 'openai', script: faults.hangBeforeHeaders() },
      { yaml: { target: 'timeouts: {connect_ms: 3000, first_byte_ms: 100}' } },
    )
    const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
    expect({ status, code: error.code }).toEqual({ status: 504, code: 'upstream_timeout' })
    await expect.poll(() => callsTo(upstream)[0]?.aborted).toBe(true)
  })

  it('gives 504 when nothing accepts the connection', async () => {
    const target = 'timeouts: {connect_ms: 100, first_byte_ms: 100, idle_ms: 100}'
    // TEST-NET-1 is routed nowhere; a machine without a route says so at once.
    const gateway = await startTestGateway(yamlFor({ baseUrl: 'http://192.0.2.1:81/v1', target }))
    const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
    expect([502, 504]).toContain(status)
    expect(['upstream_timeout', 'upstream_unreachable']).toContain(error.code)
  })

  it.each([
    ['breaks the connection', faults.resetBeforeHeaders(), 502, 'upstream_unreachable'],
    ['answers with an HTML error page', faults.htmlAnswer(502), 502, 'upstream_error'],
    ['answers with an HTML page and 200', faults.htmlAnswer(200), 502, 'upstream_invalid_response'],
    ['answers with an error and 200', faults.errorWith200('x'), 502, 'upstream_invalid_response'],
    ['redirects', answerWith({ status: 302, body: '' }), 502, 'upstream_error'],
    [
      'answers with nothing',
      answerWith({ status: 200, body: '' }),
      502,
      'upstream_invalid_response',
    ],
    [
      'answers with a list',
      answerWith({ status: 200, body: '[]' }),
      502,
      'upstream_invalid_response',
    ],
    [
      'sends more than the limit',
      faults.hugeAnswer({ bytes: 60_000_000 }),
      502,
      'upstream_invalid_response',
    ],
    ['refuses the token', answerWith({ status: 403, body: '{}' }), 401, 'upstream_auth_failed'],
    [
      'does not know the model',
      answerWith({ status: 400, body: '{"detail": "Route m not found in the configuration."}' }),
      404,
      'model_not_found',
    ],
    [
      'does not know the path',
      answerWith({ status: 404, body: 'gone' }),
      404,
      'upstream_model_not_found',
    ],
    [
      'does not like the request',
      answerWith({ status: 422, body: '{"detail": []}' }),
      422,
      'upstream_rejected',
    ],
    ['conflicts', answerWith({ status: 409, body: '{}' }), 400, 'upstream_rejected'],
    [
      'reports a timeout',
      answerWith({ status: 504, body: 'Request processing time exceeded limit' }),
      504,
      'upstream_timeout',
    ],
  ])('is told apart when it %s', async (_name, script, status, code) => {
    const failure = await ask(script)
    expect({ status: failure.status, code: failure.error.code }).toEqual({ status, code })
    expect(failure.headers.get('x-keeptrusts-decision')).toBe('error')
  })

  it('keeps Retry-After of a rate limit, and makes one up when it is missing', async () => {
    const body = '{"error":"Rate limit exceeded: 1/minute"}'
    const limited = answerWith({ status: 429, headers: { 'retry-after': '17' }, body })
    const kept = await ask(limited)
    expect(kept).toMatchObject({
      status: 429,
      error: { code: 'upstream_rate_limited', type: 'rate_limit' },
    })
    expect(kept.headers.get('retry-after')).toBe('17')
    expect((await ask(answerWith({ status: 429, body: '{}' }))).headers.get('retry-after')).toBe(
      '1',
    )
  })

  it('keeps a code that MLflow defines', async () => {
    const { error } = await ask(
      answerWith({
        status: 400,
        body: '{"error_code": "INVALID_PARAMETER_VALUE", "message": "x"}',
      }),
    )
    expect(error.message).toContain('INVALID_PARAMETER_VALUE')
  })

  it('is understood when it compresses its answer unasked', async () => {
    const { gateway } = await startPair({ kind: 'openai', script: faults.gzipAnswer() })
    const response = await post(gateway.base, chatBody('Hello'))
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: 'You said: Hello' } }],
    })
  })
})
