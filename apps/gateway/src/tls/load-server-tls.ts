import type { X509Certificate } from 'node:crypto'
import { statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { PemFile } from '../transport/read-pem.ts'
import { assertPair, invalid, readCertificates, readKey } from '../transport/read-pem.ts'

/** Where the gateway's own certificate and key are. */
export interface ServerTlsFiles {
  /** PEM: the certificate, then its intermediates. */
  readonly certFile: string
  /** PEM, without a passphrase. */
  readonly keyFile: string
}

/** A certificate and its key that belong together. */
export interface LoadedServerTls {
  /** The chain as PEM text. */
  readonly cert: string
  readonly key: string
  /** Milliseconds since the epoch. */
  readonly notBefore: number
  /** Milliseconds since the epoch. */
  readonly notAfter: number
  /** SHA-256 of the certificate as `openssl x509 -fingerprint -sha256` prints it. */
  readonly fingerprint: string
  /** What deserves a look besides the times, one sentence each. */
  readonly warnings: readonly string[]
}

/** TLS 1.0 and 1.1 are not to be used (RFC 8996). */
export const minVersion = 'TLSv1.2'

/**
 * Reads the gateway's certificate and key and checks them as a pair. Throws `KeeptrustsError` `tls-file-invalid`. The times of
 * the certificate are for the caller to judge.
 */
export function loadServerTls({ certFile, keyFile }: ServerTlsFiles): LoadedServerTls {
  const certPlace = { file: certFile, where: `--tls-cert, ${certFile}` }
  const keyPlace = { file: keyFile, where: `--tls-key, ${keyFile}` }
  const chain = readCertificates(certPlace)
  const { pem: key, key: secret } = readKey(keyPlace)
  assertPair([chain, certPlace], [secret, keyPlace])
  assertUsable(certPlace, { cert: chain.pem, key })
  const [own] = chain.certificates as readonly [X509Certificate]
  return {
    cert: chain.pem,
    key,
    notBefore: Date.parse(own.validFrom),
    notAfter: Date.parse(own.validTo),
    fingerprint: own.fingerprint256,
    warnings: [...chainWarnings(certPlace, chain.certificates), ...permissionWarnings(keyPlace)],
  }
}

/** OpenSSL has demands of its own, as on the length of a key. */
function assertUsable(place: PemFile, pair: { readonly cert: string; readonly key: string }): void {
  try {
    createSecureContext({ ...pair, minVersion })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw invalid(place, `is not accepted by TLS${code}`, {
      fix: 'Have a certificate issued with an RSA key of at least 2048 bits or an ECDSA key.',
    })
  }
}

/** Clients that do not repair a chain themselves fail on a gap in it. */
function chainWarnings(place: PemFile, chain: readonly X509Certificate[]): readonly string[] {
  const gap = chain.findIndex((certificate, at) => {
    const issuer = chain[at + 1]
    return issuer !== undefined && !certificate.checkIssued(issuer)
  })
  if (gap === -1) return []
  return [
    `${place.where}: certificate ${gap + 2} of the file did not issue certificate ${gap + 1}, some clients will refuse the chain. Write the certificate first, then each issuer after the one it issued.`,
  ]
}

function permissionWarnings({ file, where }: PemFile): readonly string[] {
  // Windows has no such permissions: the mode there says nothing.
  if (process.platform === 'win32' || (statSync(file).mode & 0o007) === 0) return []
  return [
    `${where}: every user of this machine can get at the private key. Take that away with chmod o= <file>, or defaultMode: 0440 for a Kubernetes secret.`,
  ]
}
