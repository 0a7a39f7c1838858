import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { decodeBody } from './decode-body.ts'
import { discardBody } from './discard-body.ts'
import { gatherBody } from './gather-body.ts'

/** A compressed body that says whether it was let go of. */
function compressed() {
  const chunks = [gzipSync('Hello')]
  let closed = false
  const source: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => source,
    next: async () => {
      const value = chunks.shift()
      return value ? { value, done: false } : { value: undefined, done: true }
    },
    return: async () => {
      closed = true
      return { value: undefined, done: true }
    },
  }
  return { source, isClosed: () => closed }
}

const gzip = { encoding: 'gzip', limit: 100 }

it('reads what an upstream compressed all the same', async () => {
  expect((await gatherBody(decodeBody(compressed().source, gzip))).toString()).toBe('Hello')
})

it('lets go of the connection when a compressed body is left before its first byte', async () => {
  const { source, isClosed } = compressed()
  await discardBody(decodeBody(source, gzip))
  expect(isClosed()).toBe(true)
})
