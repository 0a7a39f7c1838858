import { toGatewayError } from '../errors/to-gateway-error.ts'
import { callUrl } from '../providers/call-url.ts'
import type { ProviderCall } from '../providers/provider.ts'
import { sendCall } from '../providers/send-call.ts'
import type { UpstreamError } from '../providers/upstream-error.ts'
import { readUpstreamError } from '../providers/upstream-error.ts'
import { gatherBody } from '../transport/gather-body.ts'
import type { UpstreamResponse } from '../transport/transport.ts'
import { TransportError } from '../transport/transport-error.ts'
import { explainProblem } from './explain-problem.ts'
import type { Verdict } from './finding.ts'
import { failed } from './finding.ts'
import type { TargetCheck } from './target-check.ts'
import { chatEndpoint } from './target-check.ts'

/** What a server answered to a request without a body: facts, never its text. */
export interface EmptyAnswer {
  /** Where the request went: where the gateway sends calls. */
  readonly url: URL
  readonly status: number
  readonly isHtml: boolean
  readonly error: UpstreamError
  readonly location: string | null
  /** The first word of `WWW-Authenticate`, in lower case. */
  readonly challenge: string | null
  readonly date: string | null
}

const limitMs = 5000

/**
 * Posts nothing to the address the gateway would call, with the target's own credentials: no model runs, and the refusal
 * tells a wrong path from a wrong token. A verdict when nothing came back.
 */
export async function sendEmptyRequest(check: TargetCheck): Promise<EmptyAnswer | Verdict> {
  const { target, kind, deadline, transport, place } = check
  try {
    return await deadline.step(limitMs, async (cancellation) => {
      const call: ProviderCall = {
        target,
        endpoint: chatEndpoint,
        body: '',
        stream: false,
        model: target.model,
        requestId: 'req_kt_doctor',
        traceparent: null,
        cancellation,
        maxResponseBytes: 256 * 1024,
      }
      const url = callUrl(call, kind)
      const response = await sendCall(call, { url, body: '' }, transport)
      return toAnswer(url, response, await beginningOf(response))
    })
  } catch (error) {
    if (error instanceof TransportError) return explainProblem(error, place)
    const { message, suggestion } = toGatewayError(error, target)
    return failed('token-not-fetched', message, suggestion ?? '')
  }
}

/** A page that is too large or breaks off has said enough by its head. */
async function beginningOf({ body }: UpstreamResponse): Promise<Uint8Array> {
  try {
    return await gatherBody(body)
  } catch {
    return new Uint8Array()
  }
}

function toAnswer(url: URL, { status, header }: UpstreamResponse, body: Uint8Array): EmptyAnswer {
  return {
    url,
    status,
    isHtml: /^\s*text\/html\b/i.test(header('content-type') ?? ''),
    error: readUpstreamError(body),
    location: header('location') ?? null,
    challenge: /^\s*([a-z]+)/i.exec(header('www-authenticate') ?? '')?.[1]?.toLowerCase() ?? null,
    date: header('date') ?? null,
  }
}
