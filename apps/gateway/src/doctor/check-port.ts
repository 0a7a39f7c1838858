import { once } from 'node:events'
import { createServer } from 'node:net'
import type { ListenAddress } from '../listen.ts'
import { lookAtServer } from '../providers/mlflow/probe-server.ts'
import { gatherBody } from '../transport/gather-body.ts'
import type { Transport } from '../transport/transport.ts'
import { certificateEnd } from './certificate-end.ts'
import { nameOfKind } from './check-server.ts'
import { Deadline } from './deadline.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, warning } from './finding.ts'

const limitMs = 2000
const noticeMs = 14 * 86_400_000

/** Whether the gateway can listen there, or one already does. Listens for a moment and accepts nothing. */
export async function checkPort(address: ListenAddress, transport: Transport): Promise<Verdict> {
  const shown = `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`
  const problem = await tryToListen(address)
  if (problem === null) return ok('port-free', `${shown} is free; no gateway runs there.`)
  if (problem === 'EADDRINUSE') return askOccupant(shown, { address, transport })
  if (problem === 'EACCES')
    return failed(
      'permission-denied',
      `The system does not let this user listen on ${shown}.`,
      'Choose a port above 1023, as in --listen 127.0.0.1:41002.',
    )
  return failed(
    'address-unavailable',
    `${shown} is not an address of this machine.`,
    'Use one of its addresses, or 0.0.0.0 for all.',
  )
}

/** The system's code for why nobody can listen there, or `null`. */
async function tryToListen({ host, port }: ListenAddress): Promise<string | null> {
  const server = createServer((socket) => socket.destroy())
  try {
    server.listen({ host, port, exclusive: true })
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : ''
  }
}

interface Occupied {
  readonly address: ListenAddress
  readonly transport: Transport
}

async function askOccupant(shown: string, { address, transport }: Occupied): Promise<Verdict> {
  const origin = originOf(address)
  const answer = await readJson(origin, transport)
  if (expectsTls(answer)) return judgeCertificate(shown, await certificateEnd(new URL(origin)))
  const health = isHealth(answer) ? answer : null
  if (health?.status === 'unhealthy')
    return warning(
      'gateway-unhealthy',
      `The gateway that runs on ${shown} cannot record and refuses calls.`,
      'Look at the findings about the data folder and at the log of the gateway.',
    )
  if (health) return ok('gateway-running', `A gateway (${health.version}) is running on ${shown}.`)
  const { kind } = await lookAtServer({ origin, tls: undefined }, transport)
  return failed(
    'port-in-use',
    `${nameOfKind(kind) ?? 'Another program'} listens on ${shown}.`,
    'Stop it, or have the gateway listen elsewhere: --listen 127.0.0.1:<port>.',
  )
}

function originOf({ host, port }: ListenAddress): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  return host.includes(':')
    ? `http://[${host === '::' ? '::1' : host}]:${port}`
    : `http://${host}:${port}`
}

interface Health {
  readonly status: string
  readonly version: string
}

/** What `/health` says, of whoever it is; `null` when that is no JSON, or nothing answers. */
async function readJson(origin: string, transport: Transport): Promise<unknown> {
  try {
    return await new Deadline(limitMs).step(limitMs, async (cancellation) => {
      const response = await transport.send({
        method: 'GET',
        url: new URL('/health', origin),
        headers: { accept: 'application/json' },
        body: null,
        timeouts: { connect_ms: limitMs, first_byte_ms: limitMs, idle_ms: limitMs },
        maxBodyBytes: 64 * 1024,
        cancellation,
      })
      return JSON.parse((await gatherBody(response.body)).toString('utf8')) as unknown
    })
  } catch {
    return null
  }
}

/** Our own answer to plain HTTP at a port that speaks TLS. */
function expectsTls(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error
    ? error.code === 'https_expected'
    : false
}

function judgeCertificate(shown: string, endsAt: number | null): Verdict {
  if (endsAt === null)
    return warning(
      'tls-failed',
      `A gateway with https is running on ${shown}, and no TLS handshake came about.`,
      'Look at the log of the gateway.',
    )
  const day = new Date(endsAt).toISOString().slice(0, 10)
  const running = `A gateway with https is running on ${shown}; its certificate`
  if (endsAt - Date.now() > noticeMs) return ok('gateway-running', `${running} ends on ${day}.`)
  return warning(
    'certificate-ends',
    `${running} ${endsAt < Date.now() ? 'expired' : 'expires'} on ${day}.`,
    'Renew the files of --tls-cert and --tls-key; the gateway takes them without a restart.',
  )
}

function isHealth(body: unknown): body is Health {
  if (typeof body !== 'object' || body === null) return false
  if (!('policies_loaded' in body && 'status' in body && 'version' in body)) return false
  const { status, version } = body
  return (
    typeof status === 'string' && typeof version === 'string' && /^[\w.+-]{1,40}$/.test(version)
  )
}
