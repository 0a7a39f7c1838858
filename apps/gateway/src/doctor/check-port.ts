import { once } from 'node:events'
import { createServer } from 'node:net'
import type { ListenAddress } from '../listen.ts'
import { lookAtServer } from '../providers/mlflow/probe-server.ts'
import { gatherBody } from '../transport/gather-body.ts'
import type { Transport } from '../transport/transport.ts'
import { nameOfKind } from './check-server.ts'
import { Deadline } from './deadline.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, warning } from './finding.ts'

const limitMs = 2000

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
  const health = await readHealth(origin, transport)
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

/** What our own `/health` says; `null` when something else answers, or nothing. */
async function readHealth(origin: string, transport: Transport): Promise<Health | null> {
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
      const body: unknown = JSON.parse((await gatherBody(response.body)).toString('utf8'))
      return isHealth(body) ? body : null
    })
  } catch {
    return null
  }
}

function isHealth(body: unknown): body is Health {
  if (typeof body !== 'object' || body === null) return false
  if (!('policies_loaded' in body && 'status' in body && 'version' in body)) return false
  const { status, version } = body
  return (
    typeof status === 'string' && typeof version === 'string' && /^[\w.+-]{1,40}$/.test(version)
  )
}
