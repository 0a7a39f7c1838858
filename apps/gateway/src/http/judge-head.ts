import type { IncomingMessage } from 'node:http'
import { GatewayError } from '../errors/gateway-error.ts'

type Head = Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'rawHeaders'>

const mostHeaders = 100
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const authority = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i

/**
 * Why a request head is refused, before anything interprets it; `null` for one that every reader understands in the
 * same way. What Node's parser refuses by itself never gets here. Looks at the headers as they came, because Node
 * joins and drops repeated ones.
 */
export function judgeHead({ method = '', url = '', httpVersion, rawHeaders }: Head) {
  if (rawHeaders.length > mostHeaders * 2) return new GatewayError('headers_too_large')
  if (httpVersion !== '1.1' && httpVersion !== '1.0')
    return malformed('The version of HTTP is neither 1.1 nor 1.0.')
  if (!methods.has(method))
    return new GatewayError('method_not_allowed', { headers: { allow: 'GET, POST' } })
  if (!isNormal(url)) return malformed('The path is not written in its plain form.')
  const { hosts, codings } = readFraming(rawHeaders)
  if (hosts.length !== 1) return malformed('The request needs exactly one Host header.')
  if (!authority.test(hosts[0] ?? '')) return malformed('The Host header holds no host.')
  if (codings.length > 0 && httpVersion === '1.0')
    return malformed('HTTP/1.0 has no Transfer-Encoding.')
  const chunked = codings.length === 0 || /^chunked$/i.test(codings.join())
  return chunked ? null : new GatewayError('unsupported_transfer_encoding')
}

function malformed(message: string): GatewayError {
  return new GatewayError('malformed_request', { message })
}

function readFraming(rawHeaders: readonly string[]) {
  const hosts: string[] = []
  const codings: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase()
    if (name === 'host') hosts.push(rawHeaders[at + 1] ?? '')
    if (name === 'transfer-encoding') codings.push(rawHeaders[at + 1] ?? '')
  }
  return { hosts, codings }
}

/** Escapes that a normaliser would undo (letters, digits, `-._~`), and those that hide a slash or a control character. */
const foldable =
  /%(?:[01][\da-f]|2[def]|3\d|4[1-9a-f]|5[\dacf]|6[1-9a-f]|7[\daef])|%(?![\da-f]{2})/i

/** True for a path that no proxy or router reads as another one: routes match on one spelling only. */
function isNormal(url: string): boolean {
  const path = url.split('?', 1)[0] ?? ''
  if (!path.startsWith('/') || path.includes('//') || /[\\#]/.test(url)) return false
  return !/\/\.{1,2}(?:\/|$)/.test(path) && !foldable.test(path)
}
