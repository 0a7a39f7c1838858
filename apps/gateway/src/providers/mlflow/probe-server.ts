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
}

/** A server that may be asked what it is. */
interface ProbedServer {
  /** As in `https://mlflow.example.com`. */
  readonly origin: string
  readonly tls: TlsMaterial | undefined
}

/** Asks `/health`, `/version` and `/agent/info` at an origin: no credentials, no redirects, 64 KiB, two seconds in all. */
export async function probeServer(
  { origin, tls }: ProbedServer,
  transport: Transport,
): Promise<ServerKind> {
  const cancellation = new Cancellation()
  const timer = setTimeout(() => cancellation.cancel('client_too_slow'), deadlineMs)
  const get = (path: string): Promise<Page | null> =>
    fetchPage(new URL(path, origin), { transport, tls, cancellation })
  try {
    const health = await get('/health')
    if (health === null) return 'unreachable'
    return await classify(health, get)
  } finally {
    clearTimeout(timer)
  }
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
  return page?.status === 200 && /^\d+\.\d+[\w.+-]{0,40}$/.test(page.text.trim())
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

/** `null` when nothing was answered in time. */
async function fetchPage(
  url: URL,
  { transport, tls, cancellation }: Fetching,
): Promise<Page | null> {
  const timeouts = { connect_ms: deadlineMs, first_byte_ms: deadlineMs, idle_ms: deadlineMs }
  const headers = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'keeptrusts-gateway',
  }
  const maxBodyBytes = 64 * 1024
  try {
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
    return { status: response.status, text: body.toString('utf8') }
  } catch (error) {
    if (error instanceof TransportError) return null
    throw error
  }
}
