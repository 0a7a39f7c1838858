import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeeptrustsError } from '@keeptrusts/core'
import { createCertificateAuthority } from '@keeptrusts/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { certificateWarnings } from './certificate-warnings.ts'
import { loadTls } from './load-tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-tls-'))
afterAll(() => rmSync(folder, { recursive: true }))

const place = {
  path: 'providers.targets[0]',
  position: { file: 'some/folder/policy-config.yaml', line: 7, column: 3 },
}
const authority = createCertificateAuthority()
const client = authority.issue()

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const ca = file('ca.pem', authority.cert)
const cert = file('client.pem', client.cert)
const key = file('client-key.pem', client.key)

function failureOf(files: Parameters<typeof loadTls>[0]): KeeptrustsError {
  try {
    loadTls(files, place)
  } catch (error) {
    if (KeeptrustsError.isInstance(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('certificates of a target', () => {
  it('are read as PEM, and nothing else of their files', () => {
    const both = file('both.pem', `Subject: someone\n${client.key}${client.cert}${authority.cert}`)
    const { material } = loadTls({ ca_file: ca, cert_file: both, key_file: both }, place)
    expect(material?.ca).toBe(`${authority.cert.trim()}\n`)
    expect(material?.cert).toBe(`${client.cert.trim()}\n${authority.cert.trim()}\n`)
    expect(loadTls({ ca_file: ca }, place).material).toEqual({ ca: authority.cert })
    expect(loadTls(undefined, place)).toEqual({ material: undefined, expiries: [] })
  })

  const encrypted = createPrivateKey(client.key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString()
  const other = authority.issue()

  it.each([
    ['is missing', { ca_file: join(folder, 'none.pem') }, 'does not exist', 'working directory'],
    ['is a folder', { ca_file: folder }, 'cannot be read', 'Check that it is a file'],
    ['is empty', { ca_file: file('empty.pem', '') }, 'no certificate in PEM form', 'BEGIN CERT'],
    [
      'is binary',
      { ca_file: file('ca.der', new X509Certificate(authority.cert).raw) },
      'no certificate in PEM form',
      'openssl x509 -inform der',
    ],
    [
      'is damaged',
      { ca_file: file('cut.pem', authority.cert.replace(/\n.{64}\n/, '\n')) },
      'cannot be read',
      'Export it again',
    ],
    ['is a key', { ca_file: key }, 'no certificate in PEM form', 'BEGIN CERTIFICATE'],
    ['holds no key', { cert_file: cert, key_file: ca }, 'no private key', 'BEGIN PRIVATE KEY'],
    [
      'has a passphrase',
      { cert_file: cert, key_file: file('encrypted.pem', encrypted) },
      'is protected by a passphrase',
      'openssl pkey',
    ],
    [
      'belongs to another certificate',
      { cert_file: cert, key_file: file('other.pem', other.key) },
      'does not belong to the certificate in',
      'made together',
    ],
  ])('refuse the start when a file %s', (_name, files, message, fix) => {
    const failure = failureOf(files)
    expect(failure.code).toBe('tls-file-invalid')
    expect(failure.message).toContain(message)
    const [at, path] = Object.entries(files).at(-1) ?? []
    const line = `providers.targets[0].tls.${at} (policy-config.yaml:7), ${path}`
    expect(failure.message).toContain(line)
    expect(failure.suggestion).toContain(fix)
    expect(`${failure.message}${failure.suggestion}${failure.cause}`).not.toContain('MIG')
  })

  it('are told of when they end within two weeks', () => {
    const day = 86_400_000
    const now = Date.parse('2030-06-01T00:00:00Z')
    const ending = (days: number) =>
      file(`ends-${days}.pem`, createCertificateAuthority({ to: new Date(now + days * day) }).cert)
    const warn = (days: number) =>
      certificateWarnings(loadTls({ ca_file: ending(days) }, place).expiries, now)
    expect(warn(15)).toEqual([])
    expect(warn(13)).toEqual([
      expect.stringContaining('a certificate in this file expires on 2030-06-14'),
    ])
    expect(warn(-1)).toEqual([
      expect.stringMatching(
        /^providers\.targets\[0\]\.tls\.ca_file \(policy-config\.yaml:7\), .*ends--1\.pem: a certificate in this file expired on 2030-05-31\. Replace it/,
      ),
    ])
  })
})
