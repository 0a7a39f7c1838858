import { request as httpRequest } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import type { FakeUpstream, Script } from '../upstreams/fake-upstream.ts'
import { startFakeUpstream } from '../upstreams/fake-upstream.ts'
import { answerWith } from './answer-with.ts'
import { canaryErrors } from './canary-errors.ts'
import { faults } from './faults.ts'
import { firstPosts } from './on-posts.ts'

let server: FakeUpstream | null = null
afterEach(() => server?.close())

async function start(script: Script): Promise<string> {
  server = await startFakeUpstream({ kind: 'openai', script })
  return server.url
}

const chat = { model: 'my-chat-model', messages: [{ role: 'user', content: 'ä' }] }
const call = (url: string) =>
  fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(chat) })

/** What arrives before the connection breaks, and how it breaks. */
async function readUntilBroken(url: string): Promise<{ text: string; code: string | null }> {
  return new Promise((resolve) => {
    let text = ''
    const end = (code: string | null) => resolve({ text, code })
    const request = httpRequest(`${url}/v1/chat/completions`, { method: 'POST' }, (response) => {
      response.setEncoding('utf8')
      response.on('data', (piece) => {
        text += piece
      })
      response.on('end', () => end(null))
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'))
    })
    request.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'))
    request.end(JSON.stringify(chat))
  })
}

test('probes still get their answer', async () => {
  const url = await start(faults.hangBeforeHeaders())
  expect((await fetch(`${url}/v1/models`)).status).toBe(200)
})

test('a reset before the headers is a reset', async () => {
  const url = await start(faults.resetBeforeHeaders())
  expect(await readUntilBroken(url)).toEqual({ text: '', code: 'ECONNRESET' })
})

test('a reset in mid-stream comes after the pieces', async () => {
  const url = await start(faults.resetMidStream(['one', 'two']))
  const { text, code } = await readUntilBroken(url)
  expect(code).toBe('ECONNRESET')
  expect(text).toMatch(/one.*two/s)
})

test('a stream can just end, or end with an error', async () => {
  expect((await readUntilBroken(await start(faults.endMidStream()))).code).toBe(null)
  await server?.close()
  const { text } = await readUntilBroken(await start(faults.errorMidStream('canary')))
  expect(text.trimEnd().split('\n\n').at(-1)).toBe(
    'data: {"error":{"message":"canary","type":"canary"}}',
  )
})

test('a stream can fall silent', async () => {
  const url = await start(faults.hangMidStream(['one']))
  const response = await call(url)
  const reader = response.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  expect(Buffer.from(value ?? []).toString()).toContain('one')
  const silent = Symbol('silent')
  const later = new Promise((resolve) => setTimeout(resolve, 100, silent))
  expect(await Promise.race([reader?.read(), later])).toBe(silent)
  await reader?.cancel()
  await vi.waitFor(() => expect(server?.requests[0]?.aborted).toBe(true))
})

test('a truncated answer breaks its promise of length', async () => {
  const { text, code } = await readUntilBroken(await start(faults.truncatedAnswer()))
  expect(text).toContain('chatcmpl-fake')
  expect(code).toBe('ECONNRESET')
})

test('HTML, and an error with status 200', async () => {
  const html = await call(await start(faults.htmlAnswer(200)))
  expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  await server?.close()
  const error = await call(await start(faults.errorWith200('canary')))
  expect([error.status, (await error.json()) as object]).toEqual([
    200,
    { error: { message: 'canary', type: 'canary', code: 'canary' } },
  ])
})

test('a slow drip arrives whole, cut inside characters', async () => {
  const response = await call(await start(faults.slowDrip({ everyMs: 0, bytes: 1 })))
  expect(JSON.stringify(await response.json())).toContain('You said: ä')
})

test('a compressed answer is compressed, asked for or not', async () => {
  const url = await start(faults.gzipAnswer())
  const bytes = await new Promise<Buffer>((resolve) => {
    const request = httpRequest(`${url}/v1/chat/completions`, { method: 'POST' }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece) => pieces.push(piece))
      response.on('end', () => resolve(Buffer.concat(pieces)))
    })
    request.end(JSON.stringify(chat))
  })
  expect(gunzipSync(bytes).toString()).toContain('You said: ä')
})

test.each([false, true])(
  'a huge answer has the size that was asked for (gzip %s)',
  async (gzip) => {
    const response = await call(await start(faults.hugeAnswer({ bytes: 3_000_000, gzip })))
    const { choices } = (await response.json()) as { choices: { message: { content: string } }[] }
    expect(choices[0]?.message.content.length).toBe(3_000_000)
  },
)

test('only the first calls can fail', async () => {
  const url = await start(firstPosts(1, answerWith({ status: 503, body: '{}' })))
  expect((await call(url)).status).toBe(503)
  expect((await call(url)).status).toBe(200)
})

test('every error body carries the canary, in each of its strings if it is JSON', () => {
  const errors = canaryErrors('CANARY')
  expect(new Set(errors.map(({ name }) => name)).size).toBe(errors.length)
  for (const { name, body } of errors.filter((error) => error.body !== '')) {
    expect(body, name).toContain('CANARY')
    for (const text of freeStrings(body)) expect(text, name).toContain('CANARY')
  }
})

/** The strings of a JSON body that are not one of MLflow's and Databricks' own constants. */
function freeStrings(body: string): string[] {
  const constants = /^(?:[A-Z]+(?:_[A-Z]+)+|body|CANARY)$/
  const found: string[] = []
  try {
    JSON.parse(body, (_, value: unknown) => {
      if (typeof value === 'string' && !constants.test(value)) found.push(value)
      return value
    })
  } catch {
    return []
  }
  return found
}
