import { once } from 'node:events'
import { createServer, get } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { createCertificateAuthority } from '@keeptrusts/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Handshakes } from './guard-handshakes.ts'
import { guardHandshakes, maximalHandshakes } from './guard-handshakes.ts'

const authority = createCertificateAuthority()
const clients: Socket[] = []
let server = createServer()
let handshakes: Handshakes
let port = 0

beforeEach(async () => {
  server = createServer({ ...authority.issue(), handshakeTimeout: 60_000 }, (_request, response) =>
    response.end('ok'),
  )
  handshakes = guardHandshakes(server, () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy()
  handshakes.dropAll()
  server.close()
})

async function stall(): Promise<Socket> {
  const client = connect(port, '127.0.0.1')
  client.on('error', () => {})
  clients.push(client)
  await once(client, 'connect')
  return client
}

const ask = () =>
  new Promise<number>((resolve, reject) => {
    get({ port, host: '127.0.0.1', ca: authority.cert, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', reject)
  })

const openConnections = () =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))

describe('stalled handshakes', () => {
  it('push out each other, oldest first, and no client that goes on', async () => {
    const first = await stall()
    const gone = once(first, 'close')
    for (let i = 0; i < maximalHandshakes + 88; i += 1) await stall()
    await gone
    expect(await ask()).toBe(200)
    await expect.poll(openConnections, { timeout: 5000 }).toBeLessThanOrEqual(maximalHandshakes)
    expect(clients.at(-1)?.destroyed).toBe(false)
  })

  it('do not hold up the end of the server', async () => {
    await stall()
    await expect.poll(openConnections).toBe(1)
    const closed = once(server, 'close')
    server.close()
    handshakes.dropAll()
    await closed
  })
})
