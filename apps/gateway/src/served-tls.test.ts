import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ConnectionOptions, PeerCertificate } from 'node:tls'
import { connect as connectTls } from 'node:tls'
import type { TlsIdentity } from '@keeptrusts/testing'
import { createCertificateAuthority } from '@keeptrusts/testing'
import OpenAI from 'openai'
import type { RequestInit } from 'undici'
import { Agent, fetch } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestGateway, TestGatewayOptions } from './fixtures/test-gateway.ts'
import { endAll, endWith, onlyAudit, startPair } from './fixtures/test-gateway.ts'

const authority = createCertificateAuthority({ name: 'Our authority' })
const ca = authority.cert
const day = 86_400_000
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeptrusts-served-tls-'))
})
afterEach(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const certFile = () => join(folder, 'tls.crt')
const keyFile = () => join(folder, 'tls.key')

/** Signs only: a poll would make up for one that is missed. */
const quick = { quietMs: 40, pollMs: 60_000, retryMs: 60_000 }

function writePair({ cert, key }: TlsIdentity, into = folder): void {
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'tls.crt'), cert)
  writeFileSync(join(into, 'tls.key'), key, { mode: 0o600 })
}

/** As renewal tools do: each file written beside and renamed into place. */
function renamePair(pair: TlsIdentity): void {
  writePair(pair, join(folder, 'new'))
  for (const name of ['tls.crt', 'tls.key'])
    renameSync(join(folder, 'new', name), join(folder, name))
}

async function start(more: TestGatewayOptions = {}) {
  const tls = { certFile: certFile(), keyFile: keyFile() }
  return startPair(
    { kind: 'openai', chunkDelayMs: 50 },
    { yaml: onlyAudit, tls, tlsPace: quick, ...more },
  )
}

const portOf = (url: string): number => Number(new URL(url).port)

async function certificateAt(
  url: string,
  options: ConnectionOptions = {},
): Promise<PeerCertificate> {
  const socket = connectTls({ port: portOf(url), host: '127.0.0.1', ca, ...options })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerCertificate()
  socket.destroy()
  return certificate
}

const nameAt = async (url: string) => String((await certificateAt(url)).subject.CN)
const served = (url: string) => expect.poll(() => nameAt(url), { timeout: 5000, interval: 20 })
const recorded = (gateway: TestGateway, type: string) =>
  expect.poll(() => gateway.records(type).length, { timeout: 5000, interval: 20 })

/** Sends bytes to a port and returns what comes back until the connection ends. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}

/** A GET over https with our authority only. */
function getSecurely(url: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode ?? 0, text })
    }).on('error', reject)
  })
}

const model = 'my-chat-model'
const messages = [{ role: 'user' as const, content: 'one two three four five six seven eight' }]

/** The official client, which trusts our authority only. */
function openAi({ base: baseURL }: TestGateway): OpenAI {
  const dispatcher = new Agent({ connect: { ca } })
  endWith(() => dispatcher.destroy())
  const overTls = (url: unknown, init: unknown) =>
    fetch(url as string, { ...(init as RequestInit), dispatcher })
  return new OpenAI({
    baseURL,
    apiKey: 'unused',
    fetch: overTls as unknown as typeof globalThis.fetch,
  })
}

describe('a gateway with a certificate', () => {
  it('serves calls and monitoring over https, and says until when', async () => {
    writePair(authority.issue())
    const adminListen = { host: '127.0.0.1', port: 0 }
    const { gateway } = await start({ adminListen })
    expect(gateway.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(gateway.adminUrl).toMatch(/^https:/)
    const answer = await openAi(gateway).chat.completions.create({ model, messages })
    expect(answer.choices[0]?.message.content).toBe(`You said: ${messages[0]?.content}`)
    expect((await getSecurely(`${gateway.adminUrl}/metrics`)).status).toBe(200)
    expect(gateway.tlsUntil).toBe(new Date(Date.now() + 90 * day).toISOString().slice(0, 10))
    expect(gateway.warnings.filter((text) => text.includes('--tls'))).toEqual([])
    expect(gateway.records('gateway.started')[0]?.['listen']).toBe(gateway.url)
  })

  it('refuses TLS 1.1 and takes 1.2', async () => {
    writePair(authority.issue())
    const { gateway } = await start()
    const old = {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const
    await expect(certificateAt(gateway.url, old)).rejects.toThrow()
    await certificateAt(gateway.url, { maxVersion: 'TLSv1.2' })
  })

  it('tells plain HTTP what to do, counts it, and goes on', async () => {
    writePair(authority.issue())
    const { gateway } = await start()
    for (const head of ['GET /v1/models HTTP/1.1', 'POST /v1/chat/completions HTTP/1.1'])
      expect(await exchange(portOf(gateway.url), `${head}\r\nHost: kt\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)+\r\n\{"error":\{.*"code":"https_expected"/,
      )
    expect(await exchange(portOf(gateway.url), 'SSH-2.0-client\r\n')).not.toContain('HTTP')
    expect((await getSecurely(`${gateway.url}/healthz`)).status).toBe(200)
  })
})

describe('a changed certificate', () => {
  it('is taken by rename while a stream goes on, and recorded', async () => {
    writePair(authority.issue({ name: 'first' }))
    const { gateway } = await start()
    const before = (await certificateAt(gateway.url)).fingerprint256
    const stream = await openAi(gateway).chat.completions.create({ model, messages, stream: true })
    const pieces: string[] = []
    let swappedAt = -1
    for await (const chunk of stream) {
      pieces.push(chunk.choices[0]?.delta.content ?? '')
      if (swappedAt !== -1) continue
      swappedAt = pieces.length
      renamePair(authority.issue({ name: 'second' }))
      await served(gateway.url).toBe('second')
    }
    expect(pieces.join('')).toBe(`You said: ${messages[0]?.content}`)
    expect(pieces.length).toBeGreaterThan(swappedAt)
    await recorded(gateway, 'tls.reloaded').toBe(1)
    const { fingerprint256 } = await certificateAt(gateway.url)
    expect(gateway.records('tls.reloaded')[0]).toMatchObject({
      fingerprint: fingerprint256,
      previous: before,
      not_after: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    expect(gateway.lines.join('')).toContain('"event":"tls.reloaded"')
  })

  it('is taken when a link is swapped, as Kubernetes does with secrets', async () => {
    for (const name of ['first', 'second']) writePair(authority.issue({ name }), join(folder, name))
    symlinkSync('first', join(folder, '..data'))
    for (const name of ['tls.crt', 'tls.key']) symlinkSync(join('..data', name), join(folder, name))
    const { gateway } = await start()
    expect(await nameAt(gateway.url)).toBe('first')
    symlinkSync('second', join(folder, '..tmp'))
    renameSync(join(folder, '..tmp'), join(folder, '..data'))
    await served(gateway.url).toBe('second')
  })

  it.each([
    [
      'whose key is half written',
      () => writeFileSync(keyFile(), authority.issue().key.slice(0, 90)),
    ],
    ['whose key is of another one', () => writeFileSync(keyFile(), authority.issue().key)],
    [
      'that is half written',
      () => writeFileSync(certFile(), `${authority.issue().cert}-----BEGIN CERTIFICATE-----\nMII`),
    ],
    ['that has expired', () => writePair(authority.issue({ to: new Date(Date.now() - day) }))],
    [
      'that is not valid yet',
      () => writePair(authority.issue({ from: new Date(Date.now() + day) })),
    ],
    ['that is gone', () => rmSync(certFile())],
  ])('%s keeps the old one, is told of, and is taken once it is right', async (_name, spoil) => {
    writePair(authority.issue({ name: 'first' }))
    const { gateway } = await start()
    spoil()
    await recorded(gateway, 'tls.reload_failed').toBe(1)
    expect(await nameAt(gateway.url)).toBe('first')
    const [failed] = gateway.records('tls.reload_failed')
    expect(failed).toMatchObject({
      code: 'tls-file-invalid',
      reason: expect.stringContaining(folder),
    })
    expect(JSON.stringify(failed)).not.toMatch(/PRIVATE|MII/)
    expect(gateway.lines.join('')).toContain('"event":"tls.reload_failed"')
    renamePair(authority.issue({ name: 'second' }))
    await served(gateway.url).toBe('second')
  })

  it('that was refused for its time is tried again without another change', async () => {
    writePair(authority.issue({ name: 'first' }))
    let ahead = -2 * day
    const now = () => Date.now() + ahead
    const { gateway } = await start({ now, tlsPace: { ...quick, retryMs: 100 } })
    renamePair(authority.issue({ name: 'second' }))
    await recorded(gateway, 'tls.reload_failed').toBe(1)
    await wait(300)
    expect(gateway.records('tls.reload_failed')).toHaveLength(1)
    ahead = 0
    await served(gateway.url).toBe('second')
  })
})

describe('the start', () => {
  const startWith = async (pair: TlsIdentity) => {
    writePair(pair)
    return (await start()).gateway.warnings.filter((text) => text.includes('--tls'))
  }

  it('goes on with a loud warning when the certificate is outside its period or ends soon', async () => {
    const at = (days: number) => new Date(Date.now() + days * day)
    expect(await startWith(authority.issue({ to: at(-1) }))).toEqual([
      expect.stringMatching(/the certificate expired on .*: clients refuse .* without a restart/),
    ])
    expect(await startWith(authority.issue({ from: at(1) }))).toEqual([
      expect.stringContaining('is not valid before'),
    ])
    expect(await startWith(authority.issue({ to: at(13) }))).toEqual([
      expect.stringContaining('the certificate expires on'),
    ])
    expect(await startWith(authority.issue({ to: at(15) }))).toEqual([])
  })

  it('warns of a chain out of order and, where there are permissions, of a key that all can read', async () => {
    const own = authority.issue()
    writePair({ ...own, cert: `${own.cert}${authority.issue().cert}` })
    rmSync(keyFile())
    writeFileSync(keyFile(), own.key, { mode: 0o644 })
    const { gateway } = await start()
    expect(gateway.warnings.join('\n')).toContain(
      'certificate 2 of the file did not issue certificate 1',
    )
    expect(gateway.warnings.join('\n').includes('every user of this machine')).toBe(
      process.platform !== 'win32',
    )
  })

  it('is refused for a pair that cannot be used', async () => {
    writePair({ ...authority.issue(), key: authority.issue().key })
    await expect(start()).rejects.toMatchObject({
      code: 'tls-file-invalid',
      message: expect.stringMatching(/^--tls-key, .*does not belong to the certificate in/),
    })
  })
})
