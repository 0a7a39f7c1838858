import type { ListenOptions, LocalServer } from '../http/local-server.ts'
import { startLocalServer } from '../http/local-server.ts'
import { readBody, recordRequest } from '../http/record-request.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'

/** How the next requests for tokens are answered; may be changed at any time. */
export interface TokenBehaviour {
  /** Value of `expires_in`; `null` leaves it out. */
  life: number | string | null
  /** Status and body of a failure; `null` gives tokens. */
  failure: { readonly status: number; readonly body: string } | null
  /** Whole answer in place of a token; `null` gives tokens. */
  reply: string | null
  /** Every answer waits for this. */
  gate: Promise<void>
}

/** What to start. */
export interface TokenServerOptions extends ListenOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly behaviour?: Partial<TokenBehaviour>
}

/** A running token server. */
export interface TokenServer extends LocalServer {
  /** `<url>/token`. */
  readonly tokenUrl: string
  readonly requests: readonly RecordedRequest[]
  /** Tokens that were given out, in order. */
  readonly tokens: readonly string[]
  readonly behaviour: TokenBehaviour
  /** Most requests that were under way at once. */
  mostAtOnce(): number
}

/** Starts an OAuth 2.0 token server for one client (client credentials, RFC 6749 §4.4). */
export async function startTokenServer({
  clientId,
  clientSecret,
  behaviour: given,
  ...listen
}: TokenServerOptions): Promise<TokenServer> {
  const behaviour: TokenBehaviour = {
    life: 3600,
    failure: null,
    reply: null,
    gate: Promise.resolve(),
    ...given,
  }
  const requests: RecordedRequest[] = []
  const tokens: string[] = []
  const pair = `${encodeForm(clientId)}:${encodeForm(clientSecret)}`
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`
  const counts = { now: 0, most: 0 }

  const server = await startLocalServer((message, response) => {
    const request = recordRequest(message, response)
    requests.push(request)
    counts.now += 1
    counts.most = Math.max(counts.most, counts.now)
    response.on('close', () => {
      counts.now -= 1
    })
    readBody(message)
      .then(async (body) => {
        request.body = body
        await behaviour.gate
        const { status, text } = answerTo(request, { behaviour, authorization, tokens })
        response.writeHead(status, { 'content-type': 'application/json' }).end(text)
      })
      .catch(() => response.destroy())
  }, listen)
  const tokenUrl = `${server.url}/token`
  return { ...server, tokenUrl, requests, tokens, behaviour, mostAtOnce: () => counts.most }
}

interface Answering {
  readonly behaviour: TokenBehaviour
  /** Header of the one client. */
  readonly authorization: string
  readonly tokens: string[]
}

interface TokenAnswer {
  readonly status: number
  readonly text: string
}

function answerTo(
  request: RecordedRequest,
  { behaviour: { failure, reply, life }, authorization, tokens }: Answering,
): TokenAnswer {
  const isGrant = new URLSearchParams(request.body).get('grant_type') === 'client_credentials'
  if (failure) return { status: failure.status, text: failure.body }
  if (reply !== null) return { status: 200, text: reply }
  if (request.headers.authorization !== authorization)
    return { status: 401, text: '{"error":"invalid_client"}' }
  if (!isGrant) return { status: 400, text: '{"error":"unsupported_grant_type"}' }
  const token = `token-${tokens.length + 1}`
  tokens.push(token)
  const expiry = life === null ? {} : { expires_in: life }
  return {
    status: 200,
    text: JSON.stringify({ access_token: token, token_type: 'Bearer', ...expiry }),
  }
}

function encodeForm(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
