import { Cancellation } from '../../call/cancellation.ts'
import { gatherBody } from '../../transport/gather-body.ts'
import type { TlsMaterial } from '../../transport/tls-material.ts'
import type { Transport } from '../../transport/transport.ts'
import { TransportError } from '../../transport/transport-error.ts'

/**
 * What answers at an address: `scoring` (`mlflow models serve`), `agent` (agent server), `gateway`
 * (`mlflow gateway start`), `tracking` (`mlflow server`), or something else that is taken for plain OpenAI.
 */
export type ServerKind = 'scoring' | 'agent' | 'gateway' | 'tracking' | 'unknown' | 'unreachable'

const deadlineMs = 2000

interface Page {
  readonly status: number
  readonly text: string
  readonly date: string | null
}

/** What a look at a server showed. */
export interface ServerSighting {
  readonly kind: ServerKind
  /** MLflow's version, where the server says it. */
  readonly version: string | null
  /** The `Date` header of its first answer. */
  readonly date: string | null
  /** Why nothing was answered, when nothing was. */
  readonly failure: TransportError | null
}

/** The kind of server at an origin. */
export async function probeServer(server: ProbedServer, transport: Transport): Promise<ServerKind> {
  return (await lookAtServer(server, transport)).kind
}

/** A server that may be asked what it is. */
interface ProbedServer {
  /** As in `https://mlflow.example.com`. */
  readonly origin: string
  readonly tls: TlsMaterial | undefined
}

/** Asks `/health`, `/version` and `/agent/info` at an origin: no credentials, no redirects, 64 KiB, two seconds in all. */
export async function lookAtServer(
  { origin, tls }: ProbedServer,
  transport: Transport,
): Promise<ServerSighting> {
  const cancellation = new Cancellation()
  const timer = setTimeout(() => cancellation.cancel('client_too_slow'), deadlineMs)
  const pages = new Map<string, Page>()
  let failure: TransportError | null = null
  const get = async (path: string): Promise<Page | null> => {
    try {
      const page = await fetchPage(new URL(path, origin), { transport, tls, cancellation })
      pages.set(path, page)
      return page
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      failure ??= error
      return null
    }
  }
  try {
    const health = await get('/health')
    if (health === null) return { kind: 'unreachable', version: null, date: null, failure }
    const kind = await classify(health, get)
    return { kind, version: versionIn(kind, pages), date: health.date, failure: null }
  } finally {
    clearTimeout(timer)
  }
}

const versionForm = /^\d+\.\d+[\w.+-]{0,40}$/

function versionIn(kind: ServerKind, pages: ReadonlyMap<string, Page>): string | null {
  const bare = pages.get('/version')?.text.trim() ?? ''
  const info = /"mlflow_version":\s*"([^"]*)"/.exec(pages.get('/agent/info')?.text ?? '')
  const version = kind === 'agent' ? info?.[1] : bare
  return kind !== 'unknown' && version !== undefined && versionForm.test(version) ? version : null
}

async function classify(
  health: Page,
  get: (path: string) => Promise<Page | null>,
): Promise<ServerKind> {
  const text = health.text.trim()
  if (text === '{"status":"OK"}' || isStatus(text, 'OK')) return 'gateway'
  if (isStatus(text, 'healthy')) return (await isAgent(get)) ? 'agent' : 'unknown'
  if (text === 'OK') return (await hasBareVersion(get)) ? 'tracking' : 'unknown'
  if (text !== '' || (health.status !== 200 && health.status !== 404)) return 'unknown'
  return (await hasBareVersion(get)) ? 'scoring' : 'unknown'
}

/** MLflow answers `/version` with the bare text; others that have the path answer with JSON. */
async function hasBareVersion(get: (path: string) => Promise<Page | null>): Promise<boolean> {
  const page = await get('/version')
  return page?.status === 200 && versionForm.test(page.text.trim())
}

async function isAgent(get: (path: string) => Promise<Page | null>): Promise<boolean> {
  const page = await get('/agent/info')
  return page?.status === 200 && page.text.includes('"mlflow_version"')
}

function isStatus(text: string, status: string): boolean {
  try {
    return (JSON.parse(text) as { status?: unknown } | null)?.status === status
  } catch {
    return false
  }
}

interface Fetching {
  readonly transport: Transport
  readonly tls: TlsMaterial | undefined
  readonly cancellation: Cancellation
}

/** Throws `TransportError` when nothing was answered in time. */
async function fetchPage(url: URL, { transport, tls, cancellation }: Fetching): Promise<Page> {
  const timeouts = { connect_ms: deadlineMs, first_byte_ms: deadlineMs, idle_ms: deadlineMs }
  const headers = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'keeptrusts-gateway',
  }
  const maxBodyBytes = 64 * 1024
  const response = await transport.send({
    method: 'GET',
    url,
    headers,
    body: null,
    timeouts,
    maxBodyBytes,
    tls,
    cancellation,
  })
  const body = await gatherBody(response.body)
  const date = response.header('date') ?? null
  return { status: response.status, text: body.toString('utf8'), date }
}
