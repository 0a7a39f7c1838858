import type { X509Certificate } from 'node:crypto'
import type { TlsFiles } from '@keeptrusts/core'
import type { PemFile } from '../../transport/read-pem.ts'
import { assertPair, readCertificates, readKey } from '../../transport/read-pem.ts'
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

function expiryOf(place: PemFile, certificates: readonly X509Certificate[]): CertificateExpiry {
  const ends = certificates.map((certificate) => Date.parse(certificate.validTo))
  return { where: place.where, endsAt: Math.min(...ends) }
}
