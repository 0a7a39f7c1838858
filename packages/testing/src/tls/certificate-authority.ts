import type { KeyObject } from 'node:crypto'
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { bitString, der, objectId, sequence, utcTime } from './der.ts'

/** A certificate and its private key, as PEM texts. */
export interface TlsIdentity {
  readonly cert: string
  readonly key: string
}

/** What a certificate is for. */
export interface CertificateWish {
  /** Names and IPv4 addresses; `localhost` and `127.0.0.1` by default. */
  readonly hosts?: readonly string[]
  /** Common name; `test` by default. */
  readonly name?: string
  /** An hour ago by default. */
  readonly from?: Date
  /** In 90 days by default. */
  readonly to?: Date
}

/** An authority that only the test knows. */
export interface CertificateAuthority {
  /** Its own certificate, for `ca_file`. */
  readonly cert: string
  /** A server or client certificate with a new key. */
  issue(wish?: CertificateWish): TlsIdentity
}

/** Makes an authority with a new key (X.509 version 3, RFC 5280; ECDSA with P-256). */
export function createCertificateAuthority({
  name = 'Test authority',
  ...period
}: Omit<CertificateWish, 'hosts'> = {}): CertificateAuthority {
  const own = newKeys()
  const issuer = { name, key: own.privateKey }
  const isAuthority = extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))))
  const mayIssue = extension('2.5.29.15', bitString(Buffer.from([0x06]), 1))
  const extensions = [isAuthority, mayIssue]
  return {
    cert: certify({ ...period, name }, { keys: own, issuer, extensions }),
    issue: ({ hosts = ['localhost', '127.0.0.1'], ...wish } = {}) => {
      const keys = newKeys()
      const cert = certify(wish, { keys, issuer, extensions: [hostNames(hosts)] })
      return { cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    },
  }
}

interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

function newKeys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

interface Making {
  readonly keys: Keys
  readonly issuer: { readonly name: string; readonly key: KeyObject }
  readonly extensions: readonly Buffer[]
}

const hourMs = 3_600_000
const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'))

function certify(wish: CertificateWish, { keys, issuer, extensions }: Making): string {
  const { name = 'test', from = new Date(Date.now() - hourMs) } = wish
  const { to = new Date(Date.now() + 90 * 24 * hourMs) } = wish
  const serial = randomBytes(8)
  serial[0] = 0x40
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    sequence(utcTime(from), utcTime(to)),
    distinguishedName(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = bitString(sign('sha256', content, issuer.key))
  return pem(sequence(content, ecdsaWithSha256, signature))
}

function distinguishedName(commonName: string): Buffer {
  const attribute = sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(commonName)))
  return sequence(der(0x31, attribute))
}

function hostNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host)
      ? der(0x87, Buffer.from(host.split('.').map(Number)))
      : der(0x82, Buffer.from(host)),
  )
  return extension('2.5.29.17', sequence(...names))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), der(0x04, value))
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
