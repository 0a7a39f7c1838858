import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { it, onTestFinished } from 'vitest'
import { Cancellation } from '../call/cancellation.ts'
import type { Reply } from './reply.ts'
import { writeNodeReply } from './write-node-reply.ts'

/** Sends a reply to a client that never reads, and resolves when the reply is given up. */
async function sendToStalledClient(body: Reply['body']): Promise<void> {
  let onSent = (): void => {}
  const sent = new Promise<void>((resolve) => {
    onSent = resolve
  })
  const server = createServer((_incoming, outgoing) => {
    const cancellation = new Cancellation()
    void writeNodeReply(
      { status: 200, headers: {}, body, onSent },
      {
        outgoing,
        cancellation,
        stallMs: 100,
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.on('error', () => {})
  client.pause()
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  onTestFinished(() => {
    client.destroy()
    server.close()
    server.closeAllConnections()
  })
  await sent
}

const large = 'x'.repeat(32 * 1024 * 1024)

it('lets go of a client that takes nothing of a whole answer', async () => {
  await sendToStalledClient(large)
})

it('lets go of a client that takes nothing of the last piece of a stream', async () => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(large)
  }
  await sendToStalledClient(pieces())
})
