import type { Transform } from 'node:stream'
import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { discardBody } from './discard-body.ts'
import { TransportError, toTransportError } from './transport-error.ts'

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

interface Decoding {
  /** Value of `content-encoding`. */
  readonly encoding: string | undefined
  /** Most bytes that may come out. */
  readonly limit: number
}

/**
 * The plain bytes of a body. Upstreams are asked for identity; one that encodes all the same is decoded here,
 * inside the size limit, so that a compression bomb is a `too_large` error. What came plain is returned as it is:
 * its size was counted on arrival. Throws `TransportError`.
 */
export function decodeBody(
  source: AsyncIterable<Uint8Array>,
  { encoding, limit }: Decoding,
): AsyncIterable<Uint8Array> {
  const name = (encoding ?? '').trim().toLowerCase()
  if (name === '' || name === 'identity') return source
  const create = decoders[name]
  return create ? closing(source, limited(decoded(source, create), limit)) : unreadable(source)
}

/** A generator that is left before its first step runs no `finally`: the connection under it would stay open, unread. */
function closing(
  source: AsyncIterable<Uint8Array>,
  chunks: AsyncGenerator<Uint8Array>,
): AsyncIterable<Uint8Array> {
  let begun = false
  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        begun = true
        return chunks.next()
      },
      async return() {
        if (!begun) await discardBody(source)
        return chunks.return(undefined)
      },
    }),
  }
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.length
    if (bytes > limit) throw new TransportError('too_large', { sent: true })
    yield chunk
  }
}

async function* decoded(
  source: AsyncIterable<Uint8Array>,
  create: () => Transform,
): AsyncGenerator<Uint8Array> {
  const decoder = create()
  const input = Readable.from(source, { objectMode: false })
  input.on('error', (error) => decoder.destroy(error))
  try {
    for await (const chunk of input.pipe(decoder)) yield chunk as Buffer
  } catch (error) {
    throw toTransportError(error, true)
  } finally {
    input.destroy()
  }
}

// biome-ignore lint/correctness/useYield: an iteration that fails at its first step
async function* unreadable(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await discardBody(source)
  throw new TransportError('malformed', { sent: true })
}
