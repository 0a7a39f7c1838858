import { GatewayError } from '../errors/gateway-error.ts'

/** The error for a body of more than `limit` bytes; the rest of it is not read, so the connection ends with the answer. */
export function bodyTooLarge(limit: number): GatewayError {
  return new GatewayError('request_too_large', {
    message: `The body is larger than ${limit} bytes.`,
    headers: { connection: 'close' },
  })
}

/** Throws when Content-Length announces more than `limit` bytes. */
export function refuseAnnounced(contentLength: string | undefined, limit: number): void {
  if (contentLength !== undefined && Number(contentLength) > limit) throw bodyTooLarge(limit)
}
