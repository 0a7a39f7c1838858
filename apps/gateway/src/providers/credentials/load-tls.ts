import type { KeyObject } from 'node:crypto'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TlsFiles } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'
import type { TlsMaterial } from '../../transport/tls-material.ts'
import type { ConfigPlace } from '../config-place.ts'
import { placeText } from '../config-place.ts'

/** Certificates that were read, and until when they hold. */
export interface LoadedTls {
  /** Absent when nothing is configured. */
  readonly material: TlsMaterial | undefined
  readonly expiries: readonly CertificateExpiry[]
}

/** When the certificates of one file end. */
export interface CertificateExpiry {
  /** As in `tls.ca_file of providers.targets[0] (policy-config.yaml:7), ca.pem`. */
  readonly where: string
  /** Milliseconds since the epoch: the earliest end of the certificates that are used. */
  readonly endsAt: number
}

type FileKey = keyof TlsFiles

/** A configured file, and its place for messages. */
interface PemFile {
  readonly file: string
  readonly where: string
}

/**
 * Reads the PEM files of `tls`, once, at the start. Throws `KeeptrustsError` `tls-file-invalid` when one is missing,
 * is not what it should be, is protected by a passphrase, or when key and certificate do not belong together.
 */
export function loadTls(files: TlsFiles | undefined, place: ConfigPlace): LoadedTls {
  const at = (key: FileKey): PemFile | null => {
    const file = files?.[key]
    return file === undefined
      ? null
      : { file, where: `${placeText(place, `.tls.${key}`)}, ${file}` }
  }
  const [ca, cert, key] = [at('ca_file'), at('cert_file'), at('key_file')]
  if (ca === null && cert === null) return { material: undefined, expiries: [] }
  const authorities = ca && readCertificates(ca)
  const chain = cert && readCertificates(cert)
  const secret = key && readKey(key)
  if (chain && secret && cert && key) assertPair([chain, cert], [secret.key, key])
  return {
    material: {
      ...(authorities && { ca: authorities.pem }),
      ...(chain && { cert: chain.pem }),
      ...(secret && { key: secret.pem }),
    },
    expiries: [
      ...(ca && authorities ? [expiryOf(ca, authorities.certificates)] : []),
      ...(cert && chain ? [expiryOf(cert, chain.certificates.slice(0, 1))] : []),
    ],
  }
}

interface Certificates {
  readonly pem: string
  /** At least one. */
  readonly certificates: readonly X509Certificate[]
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

function readCertificates(place: PemFile): Certificates {
  const blocks = read(place).match(certificateBlock)
  if (blocks === null)
    throw invalid(place, 'holds no certificate in PEM form', {
      fix: 'Use a file with -----BEGIN CERTIFICATE-----; openssl x509 -inform der -in <file> -out <file>.pem converts the binary form.',
    })
  try {
    const certificates = blocks.map((block) => new X509Certificate(block))
    return { pem: `${blocks.join('\n')}\n`, certificates }
  } catch (cause) {
    throw invalid(place, 'holds a certificate that cannot be read', {
      fix: 'Export it again: the text between the BEGIN and END lines is damaged.',
      cause,
    })
  }
}

function readKey(place: PemFile): { readonly pem: string; readonly key: KeyObject } {
  const pem = read(place)
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem))
    throw invalid(place, 'is protected by a passphrase', {
      fix: 'Take the passphrase away with openssl pkey -in <file> -out <new file>, and let only the user of the gateway read the new file.',
    })
  try {
    return { pem, key: createPrivateKey(pem) }
  } catch {
    // OpenSSL's words are of no help, and they are about a secret.
    throw invalid(place, 'holds no private key in PEM form', {
      fix: 'Use the file with -----BEGIN PRIVATE KEY----- that was made together with the certificate.',
    })
  }
}

function assertPair(
  [{ certificates }, cert]: readonly [Certificates, PemFile],
  [key, place]: readonly [KeyObject, PemFile],
): void {
  if (certificates[0]?.checkPrivateKey(key)) return
  throw invalid(place, `does not belong to the certificate in ${cert.file}`, {
    fix: 'Use the key and the certificate that were made together; the client certificate comes first in cert_file.',
  })
}

function read(place: PemFile): string {
  try {
    return readFileSync(place.file, 'utf8')
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw invalid(place, missing ? 'does not exist' : 'cannot be read', {
      fix: missing
        ? 'Check the path; a relative one starts at the working directory of the gateway.'
        : 'Check that it is a file and that the user of the gateway may read it.',
      cause,
    })
  }
}

interface Remedy {
  readonly fix: string
  readonly cause?: unknown
}

function invalid({ where }: PemFile, what: string, { fix, cause }: Remedy): KeeptrustsError {
  return new KeeptrustsError({
    code: 'tls-file-invalid',
    message: `${where}: the file ${what}.`,
    suggestion: fix,
    cause,
  })
}

function expiryOf(place: PemFile, certificates: readonly X509Certificate[]): CertificateExpiry {
  const ends = certificates.map((certificate) => Date.parse(certificate.validTo))
  return { where: place.where, endsAt: Math.min(...ends) }
}
