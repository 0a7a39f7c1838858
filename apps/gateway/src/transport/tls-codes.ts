/** What went wrong in a TLS handshake, for the message that tells people what to change. */
export type TlsFault =
  | 'untrusted'
  | 'expired'
  | 'not_yet_valid'
  | 'other_name'
  | 'client_certificate'
  | 'not_tls'
  | 'tls_expected'
  | 'other'

/** Our own code for a server that answers plain HTTP with a TLS alert. */
export const tlsExpected = 'TLS_EXPECTED'

/** OpenSSL's names for what is wrong with a server's certificate (`X509_V_ERR_…` in Node's spelling), and ours. */
const faults: Readonly<Record<string, TlsFault>> = {
  [tlsExpected]: 'tls_expected',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  CERT_SIGNATURE_FAILURE: 'untrusted',
  CERT_REJECTED: 'untrusted',
  CERT_REVOKED: 'other',
  CERT_CHAIN_TOO_LONG: 'other',
  INVALID_CA: 'other',
  INVALID_PURPOSE: 'other',
  PATH_LENGTH_EXCEEDED: 'other',
  HOSTNAME_MISMATCH: 'other_name',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other_name',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not_yet_valid',
  EPROTO: 'other',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not_tls',
  ERR_SSL_UNKNOWN_PROTOCOL: 'not_tls',
}

/** Alerts with which a server asks for a client certificate or refuses one (RFC 8446 §6.2). */
const clientAlerts =
  /_ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/

/** True for the codes of Node and OpenSSL that mean that TLS failed. */
export function isTlsCode(code: string): boolean {
  return code in faults || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_CERT_')
}

/** What a code of `isTlsCode` says. */
export function tlsFaultOf(code: string): TlsFault {
  return faults[code] ?? (clientAlerts.test(code) ? 'client_certificate' : 'other')
}
