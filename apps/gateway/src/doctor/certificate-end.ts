import { connect } from 'node:tls'

const limitMs = 2000

/**
 * When the certificate at a port ends, in milliseconds since the epoch; `null` when no handshake came about in two seconds. The
 * certificate is looked at, not trusted: nothing is sent.
 */
export function certificateEnd({ hostname, port }: URL): Promise<number | null> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false })
    const end = (endsAt: number | null): void => {
      resolve(endsAt)
      socket.destroy()
    }
    socket.setTimeout(limitMs, () => end(null))
    socket.once('error', () => end(null))
    socket.once('secureConnect', () => end(Date.parse(socket.getPeerCertificate().valid_to)))
  })
}
