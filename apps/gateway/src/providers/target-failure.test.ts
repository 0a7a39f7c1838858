import { describe, expect, it } from 'vitest'
import { GatewayError } from '../errors/gateway-error.ts'
import { TransportError } from '../transport/transport-error.ts'
import { isLacking, isTargetFailure, restMsOf } from './target-failure.ts'

const lost = (problem: ConstructorParameters<typeof TransportError>[0]) =>
  new TransportError(problem, { sent: true })
const answered = (upstreamStatus: number) => new GatewayError('upstream_error', { upstreamStatus })

describe('what sends a call to the next target', () => {
  it.each([
    ['no connection', lost('unreachable')],
    ['a failed handshake', lost('tls')],
    ['no connection in time', lost('connect_timeout')],
    ['no first byte in time', lost('first_byte_timeout')],
    ['a reset', lost('reset')],
    ['429', answered(429)],
    ['500', answered(500)],
    ['599', answered(599)],
    ['an error inside a stream', answered(200)],
    [
      'a token server that cannot be reached',
      new GatewayError('upstream_unreachable', { cause: lost('unreachable') }),
    ],
  ])('is %s', (_name, error) => {
    expect(isTargetFailure(error)).toBe(true)
  })

  it.each([
    ['a client that left', lost('cancelled')],
    ['an answer above the limit', lost('too_large')],
    ['400', answered(400)],
    ['401', new GatewayError('upstream_auth_failed', { upstreamStatus: 401 })],
    ['404', answered(404)],
    ['a redirect', answered(302)],
    [
      'a guardrail, whatever its status',
      new GatewayError('upstream_guardrail', { upstreamStatus: 500 }),
    ],
    ['a missing token', new GatewayError('target_token_missing')],
    ['a fault of our own', new Error('bug')],
  ])('is not %s', (_name, error) => {
    expect(isTargetFailure(error)).toBe(false)
  })

  it('is not, but the next one may have it: an endpoint or a token that this one lacks', () => {
    for (const code of ['endpoint_not_supported', 'target_token_missing'] as const)
      expect(isLacking(new GatewayError(code))).toBe(true)
    expect(isLacking(answered(500))).toBe(false)
  })

  it('rests for as long as Retry-After says', () => {
    const limited = new GatewayError('upstream_rate_limited', { headers: { 'retry-after': '17' } })
    expect(restMsOf(limited)).toBe(17_000)
    expect(restMsOf(answered(500))).toBe(0)
    expect(restMsOf(lost('reset'))).toBe(0)
    const long = new GatewayError('upstream_error', { headers: { 'retry-after': '86400' } })
    expect(restMsOf(long)).toBe(300_000)
  })
})
