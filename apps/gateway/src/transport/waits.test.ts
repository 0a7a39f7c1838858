import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Cancellation } from '../call/cancellation.ts'
import { gatherBody } from './gather-body.ts'
import type { UpstreamRequest } from './transport.ts'
import { createUndiciTransport } from './undici-transport.ts'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endings.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function transport() {
  const made = createUndiciTransport()
  endings.push(() => made.close())
  return made
}

/** Notes every begin and end of a wait. */
function watch() {
  const noted: string[] = []
  const waits = { begin: () => void noted.push('begin'), end: () => void noted.push('end') }
  return { noted, waits }
}

const request = (url: string, over: Partial<UpstreamRequest>): UpstreamRequest => ({
  ...{ method: 'POST', url: new URL(url), headers: {}, body: '{}', maxBodyBytes: 1_000_000 },
  timeouts: { connect_ms: 60_000, first_byte_ms: 60_000, idle_ms: 60_000 },
  cancellation: new Cancellation(),
  ...over,
})

const once = ['begin', 'end']

describe('waiting for a server', () => {
  it('begins and ends once for an answer in one piece, on a new connection and on one that is there', async () => {
    const url = await serve((_req, res) => res.end('{}'))
    const line = transport()
    for (let call = 0; call < 3; call++) {
      const { noted, waits } = watch()
      const response = await line.send(request(url, { waits }))
      expect(noted).toEqual(once)
      await gatherBody(response.body)
      expect(noted.filter((what) => what === 'begin')).toHaveLength(
        noted.filter((what) => what === 'end').length,
      )
    }
  })

  it('goes on between the pieces of an answer', async () => {
    let send = (): void => {}
    const url = await serve((_req, res) => {
      res.write('a')
      send = () => res.end('b')
    })
    const { noted, waits } = watch()
    const response = await transport().send(request(url, { waits }))
    const reading = gatherBody(response.body)
    await expect.poll(() => noted.at(-1)).toBe('begin')
    send()
    expect((await reading).toString()).toBe('ab')
    expect(noted.at(-1)).toBe('end')
  })

  it.each([
    ['the port is closed', 'http://127.0.0.1:9', {}, once],
    // Refused before there is anything to wait for.
    ['the address is refused', 'http://169.254.169.254/', {}, []],
  ] as const)('ends when %s', async (_name, url, over, expected) => {
    const { noted, waits } = watch()
    await expect(transport().send(request(url, { ...over, waits }))).rejects.toThrow()
    expect(noted).toEqual(expected)
  })

  it('ends when the client leaves, before the head and in the middle', async () => {
    for (const writes of [false, true]) {
      const url = await serve((_req, res) => {
        if (writes) res.write('part')
      })
      const { noted, waits } = watch()
      const cancellation = new Cancellation()
      const work = transport()
        .send(request(url, { cancellation, waits }))
        .then(({ body }) => gatherBody(body))
      const begins = writes ? 2 : 1
      const begun = (): number => noted.filter((what) => what === 'begin').length
      await expect.poll(begun).toBeGreaterThanOrEqual(begins)
      cancellation.cancel('client_disconnected')
      await expect(work).rejects.toThrow()
      expect(noted.slice(-2)).toEqual(once)
    }
  })

  it('never begins for a call that was left already', async () => {
    const url = await serve((_req, res) => res.end('{}'))
    const cancellation = new Cancellation()
    cancellation.cancel('client_disconnected')
    const { noted, waits } = watch()
    await expect(transport().send(request(url, { cancellation, waits }))).rejects.toThrow()
    expect(noted).toEqual([])
  })
})
