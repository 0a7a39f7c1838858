import { Cancellation } from '../../call/cancellation.ts'
import { discardBody } from '../../transport/discard-body.ts'
import { gatherBody } from '../../transport/gather-body.ts'
import type { Transport } from '../../transport/transport.ts'
import { TransportError } from '../../transport/transport-error.ts'
import { KeysUnavailableError } from './token-problem.ts'

/** Milliseconds for one document, from the first packet to the last byte. */
const totalMs = 5000
const maxBodyBytes = 256 * 1024

/**
 * Fetches one JSON object of an identity provider: no credentials, no redirects, 256 KiB and 5 s at most. `null` when there is
 * no such document (404). Throws `KeysUnavailableError`.
 */
export async function fetchDocument(
  url: URL,
  transport: Transport,
): Promise<Readonly<Record<string, unknown>> | null> {
  const deadline = new Cancellation()
  const timer = setTimeout(() => deadline.cancel('client_too_slow'), totalMs)
  try {
    const response = await transport.send({
      method: 'GET',
      url,
      headers: {
        accept: 'application/json, application/jwk-set+json',
        'accept-encoding': 'identity',
        'user-agent': 'keeptrusts-gateway',
      },
      body: null,
      timeouts: { connect_ms: totalMs, first_byte_ms: totalMs, idle_ms: totalMs },
      maxBodyBytes,
      cancellation: deadline,
    })
    if (response.status !== 200) {
      await discardBody(response.body)
      if (response.status === 404) return null
      throw new KeysUnavailableError(statusProblem(response.status))
    }
    return parseObject(await gatherBody(response.body))
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    const late = deadline.reason !== null
    throw new KeysUnavailableError(late ? 'timeout' : (error.systemCode ?? error.problem))
  } finally {
    clearTimeout(timer)
  }
}

function statusProblem(status: number): string {
  return status >= 300 && status < 400 ? 'redirected' : `status_${status}`
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new KeysUnavailableError('not_json')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new KeysUnavailableError('not_an_object')
  return value as Readonly<Record<string, unknown>>
}
