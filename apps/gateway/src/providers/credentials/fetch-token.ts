import { Buffer } from 'node:buffer'
import { Cancellation } from '../../call/cancellation.ts'
import { transportFailure } from '../../errors/transport-failure.ts'
import { gatherBody } from '../../transport/gather-body.ts'
import { TransportError } from '../../transport/transport-error.ts'
import { readTokenReply } from './read-token-reply.ts'
import { tokenRefusal } from './token-refusal.ts'
import type { TokenRequest } from './token-request.ts'
import { tokenServer } from './token-request.ts'
import type { FetchedToken } from './token-source.ts'

const headMs = 5000
const totalMs = 10_000
const maxBodyBytes = 64 * 1024

/**
 * Asks a token server once, with the client credentials grant (RFC 6749 §4.4.2). Throws `GatewayError`, which says
 * what to change; nothing of the token server's answer is in it.
 */
export async function fetchToken(request: TokenRequest): Promise<FetchedToken> {
  const { deadlineMs = totalMs } = request
  const deadline = new Cancellation()
  const timer = setTimeout(() => deadline.cancel('client_too_slow'), deadlineMs)
  try {
    return await exchange(request, deadline)
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    const late = new TransportError('first_byte_timeout', { sent: error.sent })
    const problem = deadline.reason === null ? error : late
    throw transportFailure(problem, tokenServer(request))
  } finally {
    clearTimeout(timer)
  }
}

async function exchange(request: TokenRequest, cancellation: Cancellation): Promise<FetchedToken> {
  const { auth, transport, tls } = request
  const response = await transport.send({
    method: 'POST',
    url: new URL(auth.token_url),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'keeptrusts-gateway',
      authorization: clientAuthorization(request),
    },
    body: form({
      grant_type: 'client_credentials',
      ...(auth.scope !== undefined && { scope: auth.scope }),
    }),
    timeouts: { connect_ms: headMs, first_byte_ms: headMs, idle_ms: headMs },
    maxBodyBytes,
    tls,
    cancellation,
  })
  const body = await gatherBody(response.body)
  if (response.status !== 200) throw tokenRefusal({ response, body }, request)
  return readTokenReply(body, request)
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function clientAuthorization({ clientId, clientSecret }: TokenRequest): string {
  const pair = `${formText(clientId)}:${formText(clientSecret)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

function formText(text: string): string {
  return form({ '': text }).slice(1)
}

function form(values: Record<string, string>): string {
  return new URLSearchParams(values).toString()
}
