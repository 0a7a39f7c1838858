import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { endpointOf } from '../call/endpoints.ts'
import { nodeIncoming } from './node-incoming.ts'

const head = 'POST / HTTP/1.1\r\nHost: kt\r\nContent-Length: 1000\r\n\r\n'

/** Reads one body at 100 bytes in `everyMs`, while `send` writes it; gives what reading came to. */
async function read(send: (client: Socket) => void, everyMs = 200): Promise<string> {
  let settle = (_outcome: string): void => {}
  const outcome = new Promise<string>((resolve) => {
    settle = resolve
  })
  const server = createServer((incoming, outgoing) => {
    const call = nodeIncoming(
      endpointOf('chat.completions'),
      { incoming, outgoing },
      { everyMs, bytes: 100 },
    )
    call.readBody(10_000).then(
      (bytes) => settle(`${bytes.length} bytes`),
      (error: { readonly code: string }) => settle(error.code),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => {})
  onTestFinished(() => {
    client.destroy()
    server.close()
  })
  send(client)
  return outcome
}

/** Writes a piece every so many milliseconds. */
function drip(client: Socket, bytes: number, everyMs = 50): void {
  client.write(head)
  const timer = setInterval(() => client.write('a'.repeat(bytes)), everyMs)
  client.on('close', () => clearInterval(timer))
}

describe('the body of a request', () => {
  it('is given up when nothing of it comes, or too little at a time', async () => {
    expect(await read((client) => client.write(head))).toBe('request_timeout')
    expect(await read((client) => drip(client, 1))).toBe('request_timeout')
  })

  it('is waited for as long as enough of it comes', async () => {
    // Four pieces where one is enough: the machine may be late by three quarters of a second.
    expect(await read((client) => drip(client, 100, 250), 1000)).toBe('1000 bytes')
  })
})
