import type { KeyObject } from 'node:crypto'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { KeeptrustsError } from '@keeptrusts/core'

/** A configured file, and its place for messages. */
export interface PemFile {
  readonly file: string
  readonly where: string
}

/** The certificates of one file, in its order. */
export interface Certificates {
  readonly pem: string
  /** At least one. */
  readonly certificates: readonly X509Certificate[]
}

const certificateBegin = /-----BEGIN CERTIFICATE-----/g
const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Reads the certificates of a PEM file and nothing else of it. Throws `KeeptrustsError` `tls-file-invalid`. */
export function readCertificates(place: PemFile): Certificates {
  const text = read(place)
  const blocks = text.match(certificateBlock)
  if (blocks === null)
    throw invalid(place, 'holds no certificate in PEM form', {
      fix: 'Use a file with -----BEGIN CERTIFICATE-----; openssl x509 -inform der -in <file> -out <file>.pem converts the binary form.',
    })
  // A file that is being written: what is there may be usable, and lack its intermediates.
  if (text.match(certificateBegin)?.length !== blocks.length)
    throw invalid(place, 'ends in the middle of a certificate', {
      fix: 'Export it again: an END CERTIFICATE line is missing.',
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

/** Reads a private key without a passphrase. Throws `KeeptrustsError` `tls-file-invalid`. */
export function readKey(place: PemFile): { readonly pem: string; readonly key: KeyObject } {
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

/** Throws `KeeptrustsError` `tls-file-invalid` unless the key is that of the first certificate. */
export function assertPair(
  [{ certificates }, cert]: readonly [Certificates, PemFile],
  [key, place]: readonly [KeyObject, PemFile],
): void {
  if (certificates[0]?.checkPrivateKey(key)) return
  throw invalid(place, `does not belong to the certificate in ${cert.file}`, {
    fix: 'Use the key and the certificate that were made together; the certificate itself comes first in its file, before intermediates.',
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

/** A file that cannot be used, and why. */
export function invalid({ where }: PemFile, what: string, { fix, cause }: Remedy): KeeptrustsError {
  return new KeeptrustsError({
    code: 'tls-file-invalid',
    message: `${where}: the file ${what}.`,
    suggestion: fix,
    cause,
  })
}
